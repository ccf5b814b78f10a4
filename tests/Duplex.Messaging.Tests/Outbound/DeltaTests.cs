using System.Text;
using System.Text.Json;
using Duplex.Messaging.Channels;
using Duplex.Messaging.Delta;
using Duplex.Messaging.Tests.TestDoubles;

namespace Duplex.Messaging.Tests.Outbound;

public sealed class DeltaTests
{
    private const int MaxBytes = 1024 * 1024;
    private static readonly string Same = new('x', 200);

    [Theory]
    [InlineData("ä", "ö")] // C3 A4, C3 B6: the first byte is the same
    [InlineData("é", "ĩ")] // C3 A9, C4 A9: the last byte is the same
    [InlineData("€", "₭")] // E2 82 AC, E2 82 AD: the first two are
    [InlineData("😀", "🌀")] // F0 9F 98 80, F0 9F 8C 80: all but the third are
    public void Patch_never_cuts_a_character_in_two(string before, string after)
    {
        using var hub = Hub();
        var client = hub.Connect();
        client.Say("""{"id":2,"subscribe":{"channel":"news:a","delta":"fossil"}}""");
        string[] texts = [.. new[] { before, after, before + after, after + before }.Select(static middle => $"\"{Same}{middle}{Same}\"")];

        foreach (var text in texts) hub.Publish("news:a", text);

        var frames = client.Received();
        Assert.Equal([false, true, true, true], frames.Select(IsPatch));
        Assert.Equal(texts, Apply(frames, null));
    }

    [Fact]
    public void Live_patches_go_on_from_the_last_recovered_publication_and_recovered_ones_are_strings()
    {
        using var hub = Hub();
        for (var i = 1; i <= 3; i++) hub.Publish("news:a", Text(i));
        var client = hub.Connect();

        var reply = Assert.Single(client.Say("""{"id":2,"subscribe":{"channel":"news:a","delta":"fossil","recover":true,"offset":1}}"""));
        hub.Publish("news:a", Text(4));

        using var json = JsonDocument.Parse(reply);
        var recovered = json.RootElement.GetProperty("subscribe").GetProperty("publications").EnumerateArray().Select(static each => each.GetProperty("data").GetString()!).ToArray();
        Assert.Equal([Text(2), Text(3)], recovered);
        var live = client.Received();
        Assert.True(IsPatch(Assert.Single(live)));
        Assert.Equal([Text(4)], Apply(live, recovered[^1]));
    }

    [Fact]
    public void First_publication_after_a_recovery_that_found_nothing_is_whole()
    {
        using var hub = Hub();
        hub.Publish("news:a", Text(1));
        var client = hub.Connect();
        Assert.Contains("\"recovered\":true", Assert.Single(client.Say("""{"id":2,"subscribe":{"channel":"news:a","delta":"fossil","recover":true,"offset":1}}""")), StringComparison.Ordinal);

        hub.Publish("news:a", Text(2));
        hub.Publish("news:a", Text(3));

        Assert.Equal([false, true], client.Received().Select(IsPatch));
    }

    [Fact]
    public void Publication_is_a_patch_only_where_the_publisher_or_the_namespace_says_so()
    {
        using var hub = Hub(static ns => ns.DeltaPublish = false);
        var client = hub.Connect();
        client.Say("""{"id":2,"subscribe":{"channel":"news:a","delta":"fossil"}}""");

        foreach (var delta in (bool[])[true, false, true]) hub.Publish("news:a", Text(1), new() { Delta = delta });

        Assert.Equal([false, false, true], client.Received().Select(IsPatch));
    }

    [Theory]
    [InlineData("\"delta\":\"xdelta\"", true)]
    [InlineData("\"delta\":\"fossil\"", false)]
    public void Delta_is_granted_where_it_is_known_and_positions_are_kept(string asked, bool isPositioned)
    {
        using var hub = Hub(ns => ns.Recovery = isPositioned);

        Assert.DoesNotContain("delta", Assert.Single(hub.Connect().Say("{\"id\":2,\"subscribe\":{\"channel\":\"news:a\"," + asked + "}}")), StringComparison.Ordinal);
    }

    private static TestHub Hub(Action<NamespaceOptions>? more = null) => new(static options => options.PingInterval = null, ns =>
    {
        ns.AllowDelta = ns.DeltaPublish = ns.Recovery = true;
        (ns.HistorySize, ns.HistoryTtl) = (10, TimeSpan.FromHours(1));
        more?.Invoke(ns);
    });

    private static string Text(int number) => $"\"{Same}{number}\"";

    private static bool IsPatch(string frame) => frame.Contains("\"delta\":true", StringComparison.Ordinal);

    // What an SDK does: a patch's base is the publication before it.
    private static List<string> Apply(string[] frames, string? last)
    {
        List<string> texts = [];
        foreach (var frame in frames)
        {
            using var json = JsonDocument.Parse(frame);
            var data = json.RootElement.GetProperty("push").GetProperty("pub").GetProperty("data").GetString()!;
            if (IsPatch(frame))
            {
                Assert.True(FossilDelta.TryApply(Encoding.UTF8.GetBytes(last!), Encoding.UTF8.GetBytes(data), MaxBytes, out var target));
                data = Encoding.UTF8.GetString(target);
            }

            texts.Add(last = data);
        }

        return texts;
    }
}
