// The graph of correspondents: loaded by the one page that draws it.
export {};
