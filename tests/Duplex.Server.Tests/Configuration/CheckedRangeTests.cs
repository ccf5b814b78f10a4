using System.Globalization;
using System.Text.Json.Nodes;
using Duplex.Configuration;
using Duplex.Server.CommandLine;
using Duplex.Server.Configuration;
using Duplex.Server.Tests.Running;

namespace Duplex.Server.Tests.Configuration;

/// <summary>checkconfig at the ends of the range of every option that has one.</summary>
public sealed class CheckedRangeTests
{
    private const string ListItem = "item";

    // Options that contradict the end of another's range by default, with values that do not.
    private static readonly Dictionary<string, (string Option, string Value)[]> Companions = new(StringComparer.Ordinal)
    {
        ["client.ping_interval"] = [("client.pong_timeout", "1ms")],
        ["client.pong_timeout"] = [("client.ping_interval", "0s")],
        ["channel.without_namespace.batch_max_size"] = [("channel.without_namespace.batch_max_delay", "1ms")],
        ["channel.without_namespace.pace_max_delay"] = [("channel.without_namespace.pace_min_delay", "1ms")],
        ["channel.without_namespace.map.max_page_size"] = [("channel.without_namespace.map.min_page_size", "1")],
        ["channel.without_namespace.map.min_page_size"] = [("channel.without_namespace.map.max_page_size", "1000000")],
    };

    // Values within a range that another rule refuses: presence expires after a fixed time, and entries of the map must expire.
    private static readonly Dictionary<(string Option, string Value), string> Contradictions = new()
    {
        [("client.presence_update_interval", "2592000000ms")] = "client.presence_update_interval: it must be less than 60s",
        [("channel.without_namespace.map.key_ttl", "0")] = "channel.without_namespace.map.key_ttl is missing",
    };

    private static readonly IReadOnlyDictionary<string, BoundOption> All = Options();

    public static TheoryData<string> Ranged => [.. All.Where(static pair => pair.Value.Range is not null).Select(static pair => pair.Key)];

    [Fact]
    public void Option_that_is_a_number_or_a_duration_has_a_range() => Assert.All(
        All.Values.Where(static option => !option.IsForeign && !option.TrySet(RawValue.OfText("x"))),
        static option => Assert.Equal(
            (option.TrySet(RawValue.OfText("7")) || option.TrySet(RawValue.OfText("7s"))) && !option.TrySet(RawValue.OfText("true")) && !option.Name.EndsWith("headers", StringComparison.Ordinal),
            option.Range is not null));

    [Theory, MemberData(nameof(Ranged))]
    public async Task Ends_of_a_range_are_valid(string path)
    {
        var option = All[path];
        var ends = EndsOf(option);
        string[] zero = option.HasZero ? ["0"] : [];
        foreach (var value in (string[])[ends.Least, ends.Most, .. zero])
        {
            var (exitCode, output) = await CheckAsync(path, value);
            if (Contradictions.TryGetValue((path, value), out var contradiction)) Assert.StartsWith(contradiction, output, StringComparison.Ordinal);
            else Assert.True(exitCode == 0, $"{value}: {output}");
        }
    }

    [Theory, MemberData(nameof(Ranged))]
    public async Task Values_beyond_a_range_are_faults_with_path_range_and_value(string path)
    {
        var ends = EndsOf(All[path]);
        foreach (var value in (string[])[ends.Below, ends.Above])
        {
            var (exitCode, output) = await CheckAsync(path, value);
            Assert.Equal(2, exitCode);
            var fault = Assert.Single(output.Split(Environment.NewLine), line => line.StartsWith($"{PathInFile(path)}: ", StringComparison.Ordinal));
            Assert.Contains(ends.Range, fault, StringComparison.Ordinal);
            Assert.EndsWith($"is expected, not \"{value}\".", fault, StringComparison.Ordinal);
        }
    }

    private static (string Below, string Least, string Most, string Above, string Range) EndsOf(BoundOption option) => option.Range switch
    {
        NumberRangeAttribute range => (
            Number(option.HasZero && range.Min == 1 ? -1 : range.Min - 1), Number(range.Min), Number(range.Max), Number(range.Max + 1),
            string.Create(CultureInfo.InvariantCulture, $"from {range.Min} to {range.Max}")),
        TimeRangeAttribute range => (
            Milliseconds(range.Min - TimeSpan.FromTicks(1)), Milliseconds(range.Min), Milliseconds(range.Max), Milliseconds(range.Max + TimeSpan.FromMilliseconds(1)),
            $"from {DurationText.Write(range.Min)} to {DurationText.Write(range.Max)}"),
        _ => throw new InvalidOperationException(option.Name),
    };

    private static string Number(long value) => value.ToString(CultureInfo.InvariantCulture);

    private static string Milliseconds(TimeSpan value) => string.Create(CultureInfo.InvariantCulture, $"{value.TotalMilliseconds}ms");

    private static async Task<(int ExitCode, string Output)> CheckAsync(string path, string value)
    {
        var root = new JsonObject();
        if (path.StartsWith("channel.without_namespace.map.", StringComparison.Ordinal))
        {
            Set(root, "channel.without_namespace.subscription_type", "map");
            Set(root, "channel.without_namespace.map.key_ttl", "1h");
        }
        else if (path.StartsWith("channel.without_namespace.shared_poll.", StringComparison.Ordinal))
        {
            Set(root, "channel.without_namespace.subscription_type", "shared_poll");
            Set(root, "channel.proxy.shared_poll_refresh.endpoint", "http://localhost/poll");
        }
        else if (path.StartsWith("proxies.", StringComparison.Ordinal))
        {
            Set(root, $"proxies.{ListItem}.endpoint", "http://localhost/backend");
        }

        foreach (var (option, companion) in Companions.GetValueOrDefault(path, [])) Set(root, option, companion);
        Set(root, path, value);
        if (root["proxies"] is JsonObject proxies)
        {
            var proxy = proxies[ListItem]!.DeepClone();
            proxy["name"] = ListItem;
            root["proxies"] = new JsonArray(proxy);
        }

        var file = ServerProcess.TemporaryFile(root.ToJsonString());
        try
        {
            using var output = new StringWriter();
            return (await Commands.RunAsync(["checkconfig", "--config", file], output, output), output.ToString());
        }
        finally
        {
            Directory.Delete(Path.GetDirectoryName(file)!, recursive: true);
        }
    }

    private static void Set(JsonObject root, string path, string value)
    {
        var names = path.Split('.');
        foreach (var name in names[..^1]) root = (JsonObject)(root[name] ??= new JsonObject());
        root[names[^1]] = value;
    }

    private static string PathInFile(string path) => path.Replace($"proxies.{ListItem}.", "proxies[0].", StringComparison.Ordinal);

    // The options of a list stand at its object without a name, or at an item.
    private static Dictionary<string, BoundOption> Options()
    {
        var settings = new ServerSettings();
        return settings.Options.Select(static option => (Path: option.Name, Option: option))
            .Concat(NamedList.All.SelectMany(list => list.OptionsOf(settings, ListItem).Select(option => (Path: $"{list.Nameless ?? $"{list.Path}.{ListItem}"}.{option.Name}", Option: option))))
            .DistinctBy(static pair => pair.Path)
            .ToDictionary(static pair => pair.Path, static pair => pair.Option, StringComparer.Ordinal);
    }
}
