export const HELP_STYLES = `
:root { color-scheme: light dark; font: 1rem/1.6 system-ui, sans-serif; color: light-dark(#1c1c22, #ececf1); background: light-dark(#f6f6f8, #141418); }
body { margin: 0; }
main { max-width: 42rem; margin: 0 auto; padding: 3rem 1.25rem; }
h1 { margin: 0 0 1rem; font-size: 1.75rem; line-height: 1.25; }
h2 { margin: 2rem 0 0.25rem; font-size: 1.1rem; }
p { margin: 0.5rem 0; }
a { color: light-dark(#b3123b, #ff8fa9); }
code { font: 0.9em/1.5 ui-monospace, monospace; }
.address { display: flex; flex-wrap: wrap; gap: 0.75rem; align-items: center; }
.address code, pre { padding: 0.6rem 0.8rem; border: 1px solid light-dark(#d9d9e0, #35353f); border-radius: 0.5rem; background: light-dark(#fff, #1e1e24); overflow-wrap: anywhere; }
pre { margin: 0.5rem 0; white-space: pre-wrap; }
button { font: inherit; padding: 0.4rem 0.9rem; border: 0; border-radius: 0.5rem; color: light-dark(#fff, #1c1c22); background: light-dark(#b3123b, #ff8fa9); cursor: pointer; }
:focus-visible { outline: 2px solid light-dark(#b3123b, #ff8fa9); outline-offset: 2px; }
footer { margin-top: 2.5rem; padding-top: 1rem; border-top: 1px solid light-dark(#d9d9e0, #35353f); font-size: 0.9rem; color: light-dark(#5d5d68, #a3a3b0); }
`;
