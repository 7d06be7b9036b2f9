export declare const deadRtnlReason: string
export declare function rtnlAnswers(patience?: number): Promise<boolean>
