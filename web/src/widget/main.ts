/** The widget for other sites: one file, which defines `<loracle-chat>`. */

import "./element";
