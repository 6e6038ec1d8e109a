"""Documents in the official layout (GB/T 9704-2012): one set of measures, set as Word and as PDF."""
