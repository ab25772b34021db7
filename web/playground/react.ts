import * as React from 'react';
import * as ReactDOM from 'react-dom';
import { createRoot } from 'react-dom/client';

// GraphiQL's script expects React beside it, as from a script tag.
Object.assign(globalThis, { React, ReactDOM: { ...ReactDOM, createRoot } });
