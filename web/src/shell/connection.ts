/** Connects the page to the service beside it; imported before any view. */

import { connect } from "../api/client";
import { currentKey } from "../session";

connect({
  url: new URL(".", document.baseURI).href.replace(/\/$/, ""), // whatever path prefix a proxy adds
  key: currentKey,
  renew: () => {
    window.dispatchEvent(new Event("loracle-signed-out"));
    return Promise.resolve(false);
  },
});
