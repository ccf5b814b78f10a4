// The text stands in the HTML: the page needs no connection.
import './docs.css';
