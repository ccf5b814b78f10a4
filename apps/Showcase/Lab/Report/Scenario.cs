using System.Globalization;
using Microsoft.AspNetCore.WebUtilities;
using Showcase.Lines;

namespace Showcase.Lab.Report;

/// <summary>A use of events with the settings of its run, in the notation of the page's address.</summary>
/// <param name="Title">The title.</param>
/// <param name="Query">The settings that differ from the page's, as the query of <c>/lab</c>.</param>
internal sealed record Scenario(string Title, string Query)
{
    /// <summary>The scenarios of the page, and two that it leaves to its reader.</summary>
    public static IReadOnlyList<Scenario> All { get; } =
    [
        new("Rare changes, polled rarely", "rate=0.1&poll=10000&seconds=300"),
        new("A score", "rate=0.5&poll=1000"),
        new("A ticker", "rate=20&poll=500&payload=100"),
        new("Many events, read in batches", "rate=20&poll=10000&seconds=60"),
        new("A slow line", "rate=2&poll=1000&line=modem"),
        new("A ticker whose lines are cut for 3 s", "rate=20&poll=500&payload=100") { Cut = TimeSpan.FromSeconds(3) },
        new("A score, read by programs that send no header field beyond the required ones", "rate=0.5&poll=1000") { Fields = HeaderFields.Fewest },
    ];

    private static readonly LineSettings Modem = new() { BytesPerSecond = 4000, Delay = TimeSpan.FromMilliseconds(100) };

    // A run that is not stopped ends later than its scenario.
    private static readonly TimeSpan Grace = TimeSpan.FromSeconds(30);

    /// <summary>The time for which the lines are cut in the middle of the run. Default zero.</summary>
    public TimeSpan Cut { get; init; }

    /// <summary>The header fields of the clients. Default those of a browser.</summary>
    public HeaderFields Fields { get; init; } = HeaderFields.Browser;

    /// <summary>The time between two polls.</summary>
    public TimeSpan Poll => TimeSpan.FromMilliseconds(Number("poll", 1000));

    /// <summary>The duration of the run.</summary>
    public TimeSpan Duration => TimeSpan.FromSeconds(Number("seconds", 20));

    /// <summary>The settings of the run on the server.</summary>
    public LabSettings Settings => new(Number("rate", 0.5), Text("times") != "regular", (int)Number("payload", 0), (int)(Duration + Grace).TotalSeconds);

    /// <summary>The line of each way.</summary>
    public LineSettings Line => Text("line") == "modem" ? Modem : new();

    private string? Text(string name) => QueryHelpers.ParseQuery(Query).TryGetValue(name, out var value) ? value.ToString() : null;

    private double Number(string name, double initial) => Text(name) is { } text ? double.Parse(text, CultureInfo.InvariantCulture) : initial;
}
