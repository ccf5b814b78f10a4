using System.Text.RegularExpressions;

namespace Duplex.Architecture.Tests;

/// <summary>Log events and instruments follow one style, and docs/guides/monitoring.md lists them all.</summary>
public sealed partial class MonitoringPageTests
{
    private const string Page = "docs/guides/monitoring.md";

    [Fact]
    public void Page_lists_every_log_event_and_every_instrument()
    {
        var page = Repository.Read(Page);
        var expected = MonitoringPage.Replace(MonitoringPage.Replace(page, "instruments", MonitoringPage.InstrumentTable()), "events", MonitoringPage.EventTable());
        if (Environment.GetEnvironmentVariable("DUPLEX_WRITE_MONITORING_PAGE") == "1") File.WriteAllText(Path.Combine(Repository.Root, Page), expected);
        else Assert.True(expected == page, $"{Page} is out of date: tests/monitoring-page writes it.");
    }

    [Fact]
    public void Every_declaration_of_a_log_event_is_read()
    {
        var declared = Repository.Files
            .Where(static file => (file.StartsWith("src/", StringComparison.Ordinal) || file.StartsWith("apps/", StringComparison.Ordinal)) && file.EndsWith(".cs", StringComparison.Ordinal))
            .Sum(static file => Regex.Count(Repository.Read(file), @"\[LoggerMessage\("));
        Assert.Equal(declared, MonitoringPage.Events.Count);
        Assert.NotEmpty(MonitoringPage.Instruments);
    }

    [Fact]
    public void Log_events_have_ids_and_names_of_their_own()
    {
        Assert.DoesNotContain(MonitoringPage.Events, static entry => entry.Id == 0);
        Assert.Equal(MonitoringPage.Events.Count, MonitoringPage.Events.Select(static entry => entry.Id).Distinct().Count());
        Assert.Equal(MonitoringPage.Events.Count, MonitoringPage.Events.Select(static entry => entry.Name).Distinct().Count());
        Assert.All(MonitoringPage.Events, static entry => Assert.False(entry.Name.StartsWith("Log", StringComparison.Ordinal), $"{entry.Name}: a name states what happened."));
    }

    [Fact]
    public void Log_messages_are_sentences_that_end_with_a_full_stop() => Assert.All(MonitoringPage.Events, static entry =>
        Assert.Matches(@"^(\{\w+\}|[A-Z]).*(\.|\{\w+\})$", entry.Message));

    [Fact]
    public void Instruments_have_the_prefix_a_unit_and_a_sentence() => Assert.All(MonitoringPage.Instruments, static entry =>
    {
        Assert.Matches(@"^duplex(\.[a-z]+(_[a-z]+)*)+$", entry.Name);
        Assert.Matches(@"^(\{[a-z]+\}|By|s)$", entry.Unit);
        Assert.EndsWith(".", entry.Description, StringComparison.Ordinal);
    });

    [Fact]
    public void Page_names_every_attribute()
    {
        var page = Repository.Read(Page);
        var instruments = MonitoringPage.Instruments.Select(static entry => entry.Name).ToHashSet(StringComparer.Ordinal);
        var attributes = Repository.Files
            .Where(static file => file.StartsWith("src/", StringComparison.Ordinal) && Path.GetFileName(file) is "HubMetrics.cs" or "HubActivities.cs" or "ConnectionMetrics.cs")
            .SelectMany(static file => Attribute().Matches(Repository.Read(file)).Select(static match => match.Groups[1].Value))
            .Where(name => !instruments.Contains(name));
        Assert.All(attributes, name => Assert.Contains($"`{name}`", page, StringComparison.Ordinal));
    }

    [GeneratedRegex("\"((?:duplex|error|http|messaging|network|rpc|user)(?:\\.[a-z_]+)+)\"")]
    private static partial Regex Attribute();
}
