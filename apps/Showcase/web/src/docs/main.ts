// The text stands in the HTML: the page needs no connection.
import '../design/base.css';
import '../design/components.css';
import './docs.css';
