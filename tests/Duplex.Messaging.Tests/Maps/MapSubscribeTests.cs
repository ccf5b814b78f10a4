using System.Text.Json;
using Duplex.Messaging.Application;
using Duplex.Messaging.Maps;
using Duplex.Messaging.Tests.TestDoubles;

namespace Duplex.Messaging.Tests.Maps;

/// <summary>The steps of a map subscription on literal frames.</summary>
public sealed class MapSubscribeTests
{
    [Theory]
    [InlineData(MapMode.Recoverable)]
    [InlineData(MapMode.Persistent)]
    public void Small_map_is_live_with_its_first_page_and_then_gets_changes(MapMode mode)
    {
        using var hub = MapHub.Create(mode);
        hub.Put("x", "1");
        hub.Put("y", "2");
        var client = hub.Connect();

        Assert.Equal(
            ["""{"id":2,"subscribe":{"recoverable":true,"epoch":"E","offset":2,"positioned":true,"type":1,"state":[{"data":2,"offset":2,"key":"y"},{"data":1,"offset":1,"key":"x","epoch":"E"}]}}"""],
            Frames.WithoutTime(client.Say(MapHub.Step(2))));
        hub.Put("x", "3");
        hub.Remove("y");
        hub.Remove("y");
        Assert.Equal(
            [
                """{"push":{"channel":"news:a","pub":{"data":3,"offset":3,"key":"x"}}}""",
                """{"push":{"channel":"news:a","pub":{"offset":4,"key":"y","removed":true}}}""",
            ],
            Frames.WithoutTime(client.Received()));
    }

    [Fact]
    public void Ephemeral_map_says_neither_position_nor_recovery()
    {
        using var hub = MapHub.Create(MapMode.Ephemeral);
        hub.Put("x", "1");
        var client = hub.Connect();

        Assert.Equal(["""{"id":2,"subscribe":{"type":1,"state":[{"data":1,"key":"x"}]}}"""], Frames.WithoutTime(client.Say(MapHub.Step(2))));
        hub.Put("x", "2");
        Assert.Equal(["""{"push":{"channel":"news:a","pub":{"data":2,"key":"x"}}}"""], Frames.WithoutTime(client.Received()));
        Assert.Contains("\"code\":112", client.Say(MapHub.Step(1, ",\"recover\":true", channel: "news:b"))[0], StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(0, 100)]
    [InlineData(1, 100)]
    [InlineData(150, 150)]
    [InlineData(5000, 1000)]
    public void Page_holds_100_entries_at_least_and_by_default_and_1000_at_most(int limit, int size)
    {
        using var hub = MapHub.Create(MapMode.Persistent);
        hub.Put(1001);
        var client = hub.Connect();

        using var reply = Parse(client.Say(MapHub.Step(2, $",\"limit\":{limit}"))[0]);

        Assert.Equal(size, reply.RootElement.GetProperty("subscribe").GetProperty("state").GetArrayLength());
    }

    [Fact]
    public void Pages_go_on_at_the_cursor_with_the_position_of_the_first_and_the_last_brings_what_changed_meanwhile()
    {
        using var hub = MapHub.Create(MapMode.Recoverable);
        hub.Put(150);
        var client = hub.Connect();

        using var first = Parse(client.Say(MapHub.Step(2, ",\"asc\":true"))[0]);
        var page = first.RootElement.GetProperty("subscribe");
        Assert.Equal((2, 150, "k000", "k099"), (page.GetProperty("phase").GetInt32(), page.GetProperty("offset").GetInt32(), Key(page, 0), Key(page, 99)));
        hub.Put("k000", "1000");
        hub.Remove("k149");
        var rest = $",\"asc\":true,\"cursor\":\"{page.GetProperty("cursor").GetString()}\",\"offset\":150,\"epoch\":\"{page.GetProperty("epoch").GetString()}\"";
        using var last = Parse(client.Say(MapHub.Step(2, rest))[0]);

        var live = last.RootElement.GetProperty("subscribe");
        Assert.False(live.TryGetProperty("phase", out _));
        Assert.False(live.TryGetProperty("cursor", out _));
        Assert.Equal((152, 49, "k100"), (live.GetProperty("offset").GetInt32(), live.GetProperty("state").GetArrayLength(), Key(live, 0)));
        Assert.Equal([151UL, 152UL], live.GetProperty("publications").EnumerateArray().Select(static change => change.GetProperty("offset").GetUInt64()));
        hub.Put("new", "1");
        Assert.Contains("\"offset\":153", Assert.Single(client.Received()), StringComparison.Ordinal);
    }

    [Fact]
    public void Client_far_behind_its_first_page_reads_the_stream_until_it_is_live()
    {
        using var hub = MapHub.Create(MapMode.Persistent, static ns => ns.Map.StreamSize = 1000);
        hub.Put(1);
        hub.Put(150);
        var client = hub.Connect();
        using var first = Parse(client.Say(MapHub.Step(2, ",\"asc\":true"))[0]);
        var page = first.RootElement.GetProperty("subscribe");
        var epoch = page.GetProperty("epoch").GetString();
        hub.Put(150);

        using var second = Parse(client.Say(MapHub.Step(2, $",\"asc\":true,\"cursor\":\"{page.GetProperty("cursor").GetString()}\",\"epoch\":\"{epoch}\""))[0]);
        var last = second.RootElement.GetProperty("subscribe");
        Assert.Equal((2, 151), (last.GetProperty("phase").GetInt32(), last.GetProperty("offset").GetInt32()));
        Assert.False(last.TryGetProperty("cursor", out _));

        using var third = Parse(client.Say(MapHub.Step(1, $",\"offset\":151,\"epoch\":\"{epoch}\""))[0]);
        var part = third.RootElement.GetProperty("subscribe");
        Assert.Equal((1, 251, 100), (part.GetProperty("phase").GetInt32(), part.GetProperty("offset").GetInt32(), part.GetProperty("publications").GetArrayLength()));

        using var fourth = Parse(client.Say(MapHub.Step(1, $",\"offset\":251,\"epoch\":\"{epoch}\""))[0]);
        var live = fourth.RootElement.GetProperty("subscribe");
        Assert.False(live.TryGetProperty("phase", out _));
        Assert.Equal((301, 50), (live.GetProperty("offset").GetInt32(), live.GetProperty("publications").GetArrayLength()));
    }

    [Fact]
    public void Client_whose_stream_was_overtaken_between_pages_is_told_112_and_starts_over()
    {
        using var hub = MapHub.Create(MapMode.Persistent, static ns => ns.Map.StreamSize = 10);
        hub.Put(150);
        var client = hub.Connect();
        using var first = Parse(client.Say(MapHub.Step(2))[0]);
        var page = first.RootElement.GetProperty("subscribe");
        hub.Put(11);

        Assert.Equal(
            ["""{"id":2,"error":{"code":112,"message":"unrecoverable position"}}"""],
            client.Say(MapHub.Step(2, $",\"cursor\":\"{page.GetProperty("cursor").GetString()}\"")));
        Assert.Contains("\"phase\":2", client.Say(MapHub.Step(2))[0], StringComparison.Ordinal);
    }

    [Fact]
    public void Changes_between_the_pages_of_an_ephemeral_map_follow_its_last_page()
    {
        using var hub = MapHub.Create(MapMode.Ephemeral);
        hub.Put(101);
        var client = hub.Connect();
        using var first = Parse(client.Say(MapHub.Step(2, ",\"asc\":true"))[0]);
        var cursor = first.RootElement.GetProperty("subscribe").GetProperty("cursor").GetString();
        hub.Put("k000", "1000");
        hub.Remove("k001");
        Assert.Empty(client.Received());

        var frames = Frames.WithoutTime(client.Say(MapHub.Step(2, $",\"asc\":true,\"cursor\":\"{cursor}\"")));

        Assert.Equal(
            [
                """{"id":2,"subscribe":{"type":1,"state":[{"data":100,"key":"k100"}]}}""",
                """{"push":{"channel":"news:a","pub":{"data":1000,"key":"k000"}}}""",
                """{"push":{"channel":"news:a","pub":{"key":"k001","removed":true}}}""",
            ],
            frames);
    }

    [Fact]
    public void Client_that_begins_again_before_it_is_live_is_told_113_and_the_first_goes_on()
    {
        using var hub = MapHub.Create(MapMode.Persistent);
        hub.Put(150);
        var client = hub.Connect();

        var frames = client.Say(MapHub.Step(2) + "\n" + MapHub.Step(2));

        using var first = Parse(frames[0]);
        Assert.Equal("""{"id":2,"error":{"code":113,"message":"concurrent pagination","temporary":true}}""", frames[1]);
        var rest = $",\"cursor\":\"{first.RootElement.GetProperty("subscribe").GetProperty("cursor").GetString()}\"";
        Assert.DoesNotContain("\"phase\"", client.Say(MapHub.Step(2, rest))[0], StringComparison.Ordinal);
        Assert.Contains("\"code\":105", client.Say(MapHub.Step(2))[0], StringComparison.Ordinal);
    }

    [Fact]
    public void Client_that_is_not_live_after_five_seconds_is_disconnected_with_3008()
    {
        using var hub = MapHub.Create(MapMode.Persistent);
        hub.Put(150);
        var (slow, quick) = (hub.Connect(), hub.Connect());
        slow.Say(MapHub.Step(2));
        quick.Say(MapHub.Step(2, ",\"limit\":150"));

        hub.Wait(TimeSpan.FromSeconds(4.5));
        Assert.Null(slow.CloseCode);
        hub.Wait(TimeSpan.FromSeconds(1));

        Assert.Equal<(ushort?, ushort?)>((3008, null), (slow.CloseCode, quick.CloseCode));
    }

    [Fact]
    public void Client_may_leave_between_pages()
    {
        using var hub = MapHub.Create(MapMode.Persistent);
        hub.Put(150);
        var client = hub.Connect();
        using var first = Parse(client.Say(MapHub.Step(2))[0]);
        var rest = $",\"cursor\":\"{first.RootElement.GetProperty("subscribe").GetProperty("cursor").GetString()}\"";

        Assert.Equal(["""{"id":3,"unsubscribe":{}}"""], client.Say("""{"id":3,"unsubscribe":{"channel":"news:a"}}"""));

        Assert.Contains("\"code\":112", client.Say(MapHub.Step(2, rest))[0], StringComparison.Ordinal);
        hub.Wait(TimeSpan.FromSeconds(6));
        Assert.Null(client.CloseCode);
        Assert.Empty(hub.Server.Channels.List());
    }

    [Fact]
    public void Returning_client_gets_each_missed_change_once_and_is_told_that_it_recovered()
    {
        using var hub = MapHub.Create(MapMode.Recoverable);
        hub.Put("x", "1");
        var epoch = Frames.EpochOf(hub.Connect().Say(MapHub.Step(2))[0]);
        hub.Put("y", "2");
        hub.Remove("x");

        Assert.Equal(
            ["""{"id":2,"subscribe":{"recoverable":true,"epoch":"E","publications":[{"data":2,"offset":2,"key":"y"},{"offset":3,"key":"x","removed":true}],"recovered":true,"offset":3,"positioned":true,"was_recovering":true,"type":1}}"""],
            Frames.WithoutTime(hub.Connect().Say(MapHub.Recover(1, epoch))));
        Assert.Contains("\"recovered\":true,\"offset\":3", hub.Connect().Say(MapHub.Recover(3, epoch))[0], StringComparison.Ordinal);
    }

    [Fact]
    public void Returning_client_whose_position_is_gone_or_of_another_life_is_told_112()
    {
        using var hub = MapHub.Create(MapMode.Recoverable, static ns => ns.Map.StreamSize = 2);
        hub.Put("x", "1");
        var epoch = Frames.EpochOf(hub.Connect().Say(MapHub.Step(2))[0]);
        for (var i = 0; i < 3; i++) hub.Put("x", "2");

        Assert.Contains("\"code\":112", hub.Connect().Say(MapHub.Recover(1, epoch))[0], StringComparison.Ordinal);
        Assert.Contains("\"code\":112", hub.Connect().Say(MapHub.Recover(9, epoch))[0], StringComparison.Ordinal);
        Assert.Contains("\"code\":112", hub.Connect().Say(MapHub.Recover(4, "another"))[0], StringComparison.Ordinal);
        Assert.Contains("\"recovered\":true", hub.Connect().Say(MapHub.Recover(2, epoch))[0], StringComparison.Ordinal);
    }

    [Fact]
    public void Entry_that_expires_is_removed_from_the_subscriber()
    {
        using var hub = MapHub.Create(MapMode.Recoverable);
        var client = hub.Connect();
        client.Say(MapHub.Step(2));
        hub.Put("x", "1");
        client.Received();

        hub.Wait(TimeSpan.FromSeconds(61));

        Assert.Equal(["""{"push":{"channel":"news:a","pub":{"offset":2,"key":"x","removed":true}}}"""], Frames.WithoutTime(client.Received()));
    }

    [Theory]
    [InlineData(MapMode.Ephemeral)]
    [InlineData(MapMode.Persistent)]
    public void Clearing_a_map_lets_its_subscribers_start_over(MapMode mode)
    {
        using var hub = MapHub.Create(mode);
        hub.Put(150);
        var (live, paging) = (hub.Connect(), hub.Connect());
        live.Say(MapHub.Step(2, ",\"limit\":1000"));
        using var first = Parse(paging.Say(MapHub.Step(2))[0]);

        hub.Clear();

        Assert.Equal(["""{"push":{"channel":"news:a","unsubscribe":{"code":2500,"reason":"insufficient state"}}}"""], live.Received());
        var rest = $",\"cursor\":\"{first.RootElement.GetProperty("subscribe").GetProperty("cursor").GetString()}\"";
        Assert.Contains("\"code\":112", paging.Say(MapHub.Step(2, rest))[0], StringComparison.Ordinal);
        Assert.DoesNotContain("state", live.Say(MapHub.Step(2))[0], StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("""{"id":2,"subscribe":{"channel":"news:a"}}""")]
    [InlineData("""{"id":2,"subscribe":{"channel":"news:a","type":2,"phase":2}}""")]
    [InlineData("""{"id":2,"subscribe":{"channel":"news:a","type":4}}""")]
    [InlineData("""{"id":2,"subscribe":{"channel":"news:a","type":77,"phase":2}}""")]
    public void Subscription_of_another_type_than_the_namespace_is_refused_with_103(string command)
    {
        using var hub = MapHub.Create(MapMode.Persistent);

        Assert.Contains("\"code\":103", Assert.Single(hub.Connect().Say(command)), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(3, "", 107)]
    [InlineData(-1, "", 107)]
    [InlineData(2, ",\"cursor\":\"0:x\"", 112)]
    [InlineData(1, "", 112)]
    public void Step_that_makes_no_sense_is_refused(int phase, string rest, int code)
    {
        using var hub = MapHub.Create(MapMode.Persistent);
        var client = hub.Connect();

        Assert.Contains($"\"code\":{code}", Assert.Single(client.Say(MapHub.Step(phase, rest))), StringComparison.Ordinal);
        Assert.Empty(hub.Server.Channels.List());
    }

    [Fact]
    public void Handler_is_asked_once_however_many_pages_there_are()
    {
        var asked = 0;
        using var hub = MapHub.Create(MapMode.Persistent, application: model => model.AddChannel("news:{name}").Subscribe = context =>
        {
            asked++;
            return new(context.Values["name"] == "a");
        });
        hub.Put(150);
        var client = hub.Connect();

        using var first = Parse(client.Say(MapHub.Step(2))[0]);
        client.Say(MapHub.Step(2, $",\"cursor\":\"{first.RootElement.GetProperty("subscribe").GetProperty("cursor").GetString()}\""));

        Assert.Equal(1, asked);
        Assert.Contains("\"code\":103", client.Say(MapHub.Step(2, channel: "news:b"))[0], StringComparison.Ordinal);
    }

    [Fact]
    public void Server_does_not_subscribe_clients_to_maps()
    {
        using var hub = MapHub.Create(MapMode.Persistent, application: static model =>
            model.Connect = static _ => new(ConnectDecision.Allow() with { Subscriptions = [MapHub.Channel] }));

        Assert.Contains("\"code\":107", hub.Open().Say("""{"id":1,"connect":{}}""")[0], StringComparison.Ordinal);
    }

    [Fact]
    public void Deltas_are_between_the_values_of_one_key()
    {
        using var hub = MapHub.Create(MapMode.Persistent, static ns => ns.AllowDelta = ns.DeltaPublish = true);
        var text = new string('t', 300);
        hub.Put("x", $"\"{text}1\"");
        var client = hub.Connect();

        var reply = client.Say(MapHub.Step(2, ",\"delta\":\"fossil\""))[0];
        Assert.Contains($"\"data\":\"\\\"{text}1\\\"\"", reply, StringComparison.Ordinal);
        Assert.Contains("\"delta\":true", reply, StringComparison.Ordinal);
        hub.Put("y", $"\"{text}2\"");
        hub.Put("x", $"\"{text}3\"");
        hub.Remove("x");
        hub.Put("x", $"\"{text}4\"");

        var pushes = client.Received();
        Assert.Equal([false, true, false, false], pushes.Select(static push => push.Contains("\"delta\":true", StringComparison.Ordinal)));
        Assert.True(pushes[1].Length < text.Length);
    }

    [Fact]
    public void Filtered_subscriber_has_the_entries_that_fit_and_loses_those_that_no_longer_do()
    {
        using var hub = MapHub.Create(MapMode.Persistent, static ns => ns.AllowTagsFilter = true);
        hub.Put("x", "1", Tagged("red"));
        hub.Put("y", "1", Tagged("blue"));
        var client = hub.Connect();

        var reply = client.Say(MapHub.Step(2, ",\"tf\":{\"key\":\"c\",\"cmp\":\"eq\",\"val\":\"red\"}"))[0];
        Assert.Equal((true, false), (reply.Contains("\"key\":\"x\"", StringComparison.Ordinal), reply.Contains("\"key\":\"y\"", StringComparison.Ordinal)));
        hub.Put("y", "2", Tagged("blue"));
        hub.Put("x", "2", Tagged("blue"));
        hub.Put("y", "3", Tagged("red"));
        hub.Remove("y");
        hub.Remove("x");

        Assert.Equal(
            [
                """{"push":{"channel":"news:a","pub":{"offset":4,"key":"x","removed":true}}}""",
                """{"push":{"channel":"news:a","pub":{"data":3,"offset":5,"tags":{"c":"red"},"key":"y"}}}""",
                """{"push":{"channel":"news:a","pub":{"offset":6,"key":"y","removed":true}}}""",
            ],
            Frames.WithoutTime(client.Received()));
    }

    private static MapPublishOptions Tagged(string color) => new() { Tags = new Dictionary<string, string> { ["c"] = color } };

    private static JsonDocument Parse(string frame) => JsonDocument.Parse(frame);

    private static string? Key(JsonElement page, int index) => page.GetProperty("state")[index].GetProperty("key").GetString();
}
