using System.Text.RegularExpressions;

namespace Duplex.Architecture.Tests;

/// <summary>The tables of docs/guides/monitoring.md, as the sources declare log events and instruments.</summary>
internal static partial class MonitoringPage
{
    /// <summary>The log events of src and apps.</summary>
    public static IReadOnlyList<LogEvent> Events { get; } = [.. Sources().SelectMany(static file => EventsOf(file.Path, file.Text)).OrderBy(static entry => entry.Id)];

    /// <summary>The instruments of src.</summary>
    public static IReadOnlyList<Instrument> Instruments { get; } = [.. Sources().SelectMany(static file => InstrumentsOf(file.Text)).OrderBy(static entry => entry.Name, StringComparer.Ordinal)];

    /// <summary>The table of log events.</summary>
    public static string EventTable() => Table(
        "| Id | Name | Level | Message |", 4, Events.Select(static entry => $"| {entry.Id} | `{entry.Name}` | {entry.Level} | {entry.Message.Replace("|", "\\|", StringComparison.Ordinal)} |"));

    /// <summary>The table of instruments.</summary>
    public static string InstrumentTable() => Table(
        "| Instrument | Kind | Unit | Measures |", 4, Instruments.Select(static entry => $"| `{entry.Name}` | {entry.Kind} | `{entry.Unit}` | {entry.Description} |"));

    /// <summary>A document with a table in place of what stands between its marks.</summary>
    public static string Replace(string document, string name, string table)
    {
        var (begin, end) = ($"<!-- {name} -->\n", $"<!-- /{name} -->");
        var from = document.IndexOf(begin, StringComparison.Ordinal) + begin.Length;
        var to = document.IndexOf(end, StringComparison.Ordinal);
        return document[..from] + table + document[to..];
    }

    private static string Table(string head, int columns, IEnumerable<string> rows) =>
        string.Concat(new[] { head, "|" + string.Concat(Enumerable.Repeat("---|", columns)) }.Concat(rows).Select(static row => row + "\n"));

    private static IEnumerable<(string Path, string Text)> Sources() => Repository.Files
        .Where(static file => (file.StartsWith("src/", StringComparison.Ordinal) || file.StartsWith("apps/", StringComparison.Ordinal)) && file.EndsWith(".cs", StringComparison.Ordinal))
        .Select(static file => (file, Repository.Read(file)));

    private static IEnumerable<LogEvent> EventsOf(string path, string text) => EventPattern().Matches(text).Select(match => new LogEvent(
        path,
        match.Groups["id"].Success ? int.Parse(match.Groups["id"].Value, System.Globalization.CultureInfo.InvariantCulture) : 0,
        match.Groups["level"].Success ? match.Groups["level"].Value : "by cause",
        Regex.Unescape(match.Groups["message"].Value),
        match.Groups["name"].Value));

    private static IEnumerable<Instrument> InstrumentsOf(string text) => InstrumentPattern().Matches(text).Select(match => new Instrument(
        match.Groups["name"].Success ? match.Groups["name"].Value : ConstantOf(text, match.Groups["constant"].Value),
        KindOf(match.Groups["kind"].Value),
        match.Groups["unit"].Value,
        match.Groups["description"].Value));

    private static string ConstantOf(string text, string name) => Regex.Match(text, $"const string {name} = \"([^\"]+)\"").Groups[1].Value;

    private static string KindOf(string kind) => kind.Replace("Observable", "", StringComparison.Ordinal) switch
    {
        "UpDownCounter" => "up-down counter",
        var other => other.ToLowerInvariant(),
    };

    [GeneratedRegex("""LoggerMessage\((?:EventId = )?(?<id>\d+)?(?:, )?(?:Level = )?(?:LogLevel\.(?<level>\w+), )?(?:Message = )?"(?<message>(?:[^"\\]|\\.)*)"\)\]\s+(?:public|private|internal)(?: static)? partial void (?<name>\w+)\(""")]
    private static partial Regex EventPattern();

    [GeneratedRegex("""Create(?<kind>(?:Observable)?(?:Counter|UpDownCounter|Histogram|Gauge))(?:<\w+>)?\(\s*(?:"(?<name>[^"]+)"|(?<constant>\w+)),\s*(?:\(\) => [^,]+,\s*)?"(?<unit>[^"]+)",\s*"(?<description>[^"]+)""")]
    private static partial Regex InstrumentPattern();
}

/// <summary>A log event as its attribute declares it.</summary>
internal sealed record LogEvent(string File, int Id, string Level, string Message, string Name);

/// <summary>An instrument as the call that creates it declares it.</summary>
internal sealed record Instrument(string Name, string Kind, string Unit, string Description);
