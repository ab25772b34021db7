/** @param {{ name: string }} event */
export const handler = async ({ name }) => ({ text: `Hello ${name}`, from: process.env.SENDER });
