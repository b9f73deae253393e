/** Whether a moment, in milliseconds since 1970, lies between the start of this process and now. */
export function isOfThisProcess(moment: number): boolean {
  return moment >= Math.floor(performance.timeOrigin) && moment <= Date.now();
}
