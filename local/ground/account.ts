/** The account and region that every ARN of the local cloud names. */
export const ACCOUNT_ID = '111111111111';
export const REGION = 'us-east-1';
export const PARTITION = 'aws';
