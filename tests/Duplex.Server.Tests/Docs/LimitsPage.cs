using System.Globalization;
using System.Reflection;
using System.Text;
using System.Text.RegularExpressions;
using Duplex.AspNetCore.Api;
using Duplex.AspNetCore.Hosting;
using Duplex.Centrifuge.Codecs;
using Duplex.Configuration;
using Duplex.EventLoop.Hosting;
using Duplex.Execution;
using Duplex.Messaging;
using Duplex.Messaging.Channels;
using Duplex.Messaging.Maps;
using Duplex.Messaging.Polling;
using Duplex.Protocol.Extensions;
using Duplex.WebSockets.Client;
using Duplex.WebSockets.Hosting;
using Microsoft.AspNetCore.Builder;

namespace Duplex.Server.Tests.Docs;

/// <summary>
/// docs/limits.md as the code has it: the numbers and times of every type of options, with their defaults, their summaries
/// and the stand-alone server's names and ranges; then every constant whose summary begins with <c>Limit:</c>.
/// </summary>
internal static partial class LimitsPage
{
    private const string Mark = "Limit: ";

    private static readonly (string Title, object Defaults)[] Options =
    [
        ("WebSocket connections", WebSocketConnectionOptions.Default),
        ("permessage-deflate", new DeflateOptions()),
        ("Event loops", new EventLoopOptions()),
        ("Client transports", new TransportOptions()),
        ("Client endpoints", new TransportOptions().WebSocket),
        ("Server API", new ApiOptions()),
        ("Hub", new HubOptions()),
        ("Namespaces", new NamespaceOptions()),
        ("Maps", new MapOptions()),
        ("Shared poll", new PollOptions()),
        ("Commands", CodecLimits.Default),
        ("WebSocket client", new WebSocketClientOptions()),
    ];

    private static readonly Assembly[] Assemblies =
    [
        .. Options.Select(static options => options.Defaults.GetType().Assembly),
        typeof(Shard).Assembly,
        typeof(WebSocketEndpointRouteBuilderExtensions).Assembly,
        typeof(Program).Assembly,
    ];

    public static string Render()
    {
        var documentation = new XmlDocumentation(Assemblies.Distinct());
        var names = new ServerOptionNames();
        var page = new StringBuilder();
        page.Append("""
            # Limits

            Every length, count, rate and time that Duplex bounds, with its range and default. A value outside its range stops the
            start; where null is valid, the stand-alone server writes it as 0. Generated from the code by `tests/limits-page`;
            a test fails when this page and the code differ. Times are per connection or operation unless the row says otherwise.
            What happens beyond a limit is part of its row.

            """);
        foreach (var (title, defaults) in Options)
        {
            page.Append(CultureInfo.InvariantCulture, $"\n## {title}\n\n");
            page.Append("| Limit | Range | Default | Property | Stand-alone server |\n|---|---|---|---|---|\n");
            foreach (var property in defaults.GetType().GetProperties(BindingFlags.Public | BindingFlags.Instance).Where(IsLimit))
            {
                var summary = documentation.SummaryOf(property) ?? throw new InvalidOperationException($"{property.DeclaringType}.{property.Name} has no summary.");
                page.Append(CultureInfo.InvariantCulture,
                    $"| {Cell(DefaultSentence().Replace(summary, "").Trim())} | {RangeOf(property)} | {Show(property.GetValue(defaults))} | `{defaults.GetType().Name}.{property.Name}` | {names.Of(property)} |\n");
            }
        }

        page.Append("\n## Fixed\n\nConstants, because no deployment needs to change them.\n\n| Limit | Value | Constant |\n|---|---|---|\n");
        foreach (var limit in Fixed(documentation).OrderBy(static limit => limit.Source, StringComparer.Ordinal))
        {
            page.Append(CultureInfo.InvariantCulture, $"| {Cell(limit.Meaning)} | {limit.Value} | `{limit.Source}` |\n");
        }

        return page.ToString();
    }

    /// <summary>Whether a property is a number or a time.</summary>
    internal static bool IsLimit(PropertyInfo property) =>
        property.GetMethod is { IsPublic: true }
        && property != typeof(EventLoopOptions).GetProperty(nameof(EventLoopOptions.Loops)) // as many as the machine has processors
        && (Nullable.GetUnderlyingType(property.PropertyType) ?? property.PropertyType) is var type
        && (type == typeof(int) || type == typeof(long) || type == typeof(uint) || type == typeof(double) || type == typeof(TimeSpan));

    internal static string Number(long value) => value.ToString("N0", CultureInfo.InvariantCulture);

    private static IEnumerable<DocumentedLimit> Fixed(XmlDocumentation documentation) =>
        from assembly in Assemblies.Distinct()
        from type in assembly.GetTypes()
        from field in type.GetFields(BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Static | BindingFlags.DeclaredOnly)
        let summary = documentation.SummaryOf(field)
        where summary is not null && summary.StartsWith(Mark, StringComparison.Ordinal)
        select new DocumentedLimit(
            char.ToUpperInvariant(summary[Mark.Length]) + summary[(Mark.Length + 1)..],
            Show(field.IsLiteral ? field.GetRawConstantValue() : field.GetValue(null)),
            $"{type.Name}.{field.Name}");

    private static string Show(object? value) => value switch
    {
        null => "none",
        TimeSpan time when time == Timeout.InfiniteTimeSpan => "none",
        TimeSpan { TotalDays: >= 2 } time => $"{time.TotalDays:0.##} days",
        TimeSpan { TotalMinutes: >= 2 } time => $"{time.TotalMinutes:0.##} min",
        TimeSpan { TotalSeconds: > 0 and < 1 } time => $"{time.TotalMilliseconds:0.##} ms",
        TimeSpan time => $"{time.TotalSeconds:0.##} s",
        IConvertible number => Number(number.ToInt64(CultureInfo.InvariantCulture)),
        _ => value.ToString()!,
    };

    private static string RangeOf(PropertyInfo property) => property.GetCustomAttribute<OptionRangeAttribute>()?.Document()["From ".Length..^1] ?? "";

    private static string Cell(string text) => text.Replace("|", "\\|", StringComparison.Ordinal);

    // The default has a column of its own, unless its sentence says more than the value.
    [GeneratedRegex(@"Default (?:[\d,]+|[^.;:,]+)\.(?: |$)")]
    private static partial Regex DefaultSentence();
}
