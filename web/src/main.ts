import "./ui/theme";
import "./shell/connection";
import { language } from "./i18n";
import "./shell/app";

document.documentElement.lang = language();
