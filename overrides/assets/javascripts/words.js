// What the scripts say, in both languages; loaded when one of them first has something to say.
"use strict";
window.kbWords = {{ {"ka": kb.both["ka"].in_browser(), "en": kb.both["en"].in_browser()} | tojson }};
