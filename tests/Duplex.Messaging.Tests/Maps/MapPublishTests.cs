using Duplex.Messaging.Application;
using Duplex.Messaging.Channels;
using Duplex.Messaging.Errors;
using Duplex.Messaging.Maps;

namespace Duplex.Messaging.Tests.Maps;

/// <summary>Who may change what in a map.</summary>
public sealed class MapPublishTests
{
    private const string Publish = """{"id":3,"publish":{"channel":"news:a","type":1,"key":"x","data":1}}""";
    private const string Remove = """{"id":4,"publish":{"channel":"news:a","type":1,"key":"x","removed":true}}""";

    [Fact]
    public void Subscriber_publishes_and_removes_where_the_options_let_it()
    {
        using var hub = MapHub.Create(MapMode.Persistent, static ns => ns.Map.AllowPublishForSubscriber = ns.Map.AllowRemoveForSubscriber = true);
        var (client, stranger) = (hub.Connect(), hub.Connect());
        client.Say(MapHub.Step(2));

        Assert.Contains("\"code\":103", Assert.Single(stranger.Say(Publish)), StringComparison.Ordinal);
        Assert.Contains("""{"id":3,"publish":{}}""", client.Say(Publish));
        Assert.Contains("\"code\":103", Assert.Single(stranger.Say(Remove)), StringComparison.Ordinal);
        Assert.Contains("""{"id":4,"publish":{}}""", client.Say(Remove));
        Assert.Contains("""{"id":4,"publish":{}}""", client.Say(Remove));
    }

    [Theory]
    [InlineData(true, false)]
    [InlineData(false, true)]
    public void Publishing_and_removing_are_allowed_each_on_its_own(bool publish, bool remove)
    {
        using var hub = MapHub.Create(MapMode.Persistent, ns =>
        {
            ns.Map.AllowPublish = ns.Map.AllowPublishForAnonymous = publish;
            ns.Map.AllowRemove = ns.Map.AllowRemoveForAnonymous = remove;
        });
        var client = hub.Connect();

        Assert.Equal(publish, client.Say(Publish)[0] == """{"id":3,"publish":{}}""");
        Assert.Equal(remove, client.Say(Remove)[0] == """{"id":4,"publish":{}}""");
    }

    [Fact]
    public async Task Client_key_takes_the_place_of_the_key_that_the_client_names()
    {
        using var hub = MapHub.Create(MapMode.Persistent, static ns =>
        {
            ns.Map.ClientKey = MapClientKey.ClientId;
            ns.Map.AllowPublish = ns.Map.AllowPublishForAnonymous = ns.Map.AllowRemove = ns.Map.AllowRemoveForAnonymous = true;
        });
        var client = hub.Connect();
        hub.Put("x", "0");

        client.Say(Publish);
        var entries = (await hub.Server.Maps.ReadStateAsync(MapHub.Channel, default)).Entries;
        Assert.Equal([client.Id, "x"], entries.Select(static entry => entry.Key).Order(StringComparer.Ordinal));
        Assert.Equal(client.Id, entries.Single(entry => entry.Key == client.Id).Info?.Client);
        client.Say(Remove);

        Assert.Equal("x", Assert.Single((await hub.Server.Maps.ReadStateAsync(MapHub.Channel, default)).Entries).Key);
    }

    [Fact]
    public void Anonymous_client_has_no_entry_where_the_user_is_the_key()
    {
        using var hub = MapHub.Create(MapMode.Persistent, static ns =>
        {
            ns.Map.ClientKey = MapClientKey.UserId;
            ns.Map.AllowPublish = ns.Map.AllowPublishForAnonymous = true;
        });

        Assert.Contains("\"code\":103", Assert.Single(hub.Connect().Say(Publish)), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Entry_of_a_client_goes_with_it_where_the_options_say_so()
    {
        using var hub = MapHub.Create(MapMode.Persistent, static ns =>
        {
            ns.Map.ClientKey = MapClientKey.ClientId;
            ns.Map.AllowPublishForSubscriber = ns.Map.RemoveClientOnUnsubscribe = true;
        });
        var (leaving, lost) = (hub.Connect(), hub.Connect());
        foreach (var client in new[] { leaving, lost })
        {
            client.Say(MapHub.Step(2));
            client.Say(Publish);
        }

        Assert.Equal(2, await hub.Server.Maps.CountAsync(MapHub.Channel));
        leaving.Say("""{"id":5,"unsubscribe":{"channel":"news:a"}}""");
        lost.Cut();

        Assert.Equal(0, await hub.Server.Maps.CountAsync(MapHub.Channel));
    }

    [Fact]
    public async Task Handlers_decide_where_there_are_some_and_see_the_key()
    {
        using var hub = MapHub.Create(MapMode.Persistent, application: static model =>
        {
            var route = model.AddChannel("news:{name}");
            route.Publish = static context => new(context.Key == "x" ? PublishDecision.Allow("7"u8.ToArray()) : false);
            route.Remove = static context => new(context.Key == "x");
        });
        var client = hub.Connect();

        Assert.Equal("""{"id":3,"publish":{}}""", client.Say(Publish)[0]);
        Assert.Contains("\"code\":103", client.Say(Publish.Replace("\"x\"", "\"y\"", StringComparison.Ordinal))[0], StringComparison.Ordinal);
        Assert.Equal("7"u8.ToArray(), Assert.Single((await hub.Server.Maps.ReadStateAsync(MapHub.Channel, default)).Entries).Data.ToArray());
        Assert.Contains("\"code\":103", client.Say(Remove.Replace("\"x\"", "\"y\"", StringComparison.Ordinal))[0], StringComparison.Ordinal);
        Assert.Equal("""{"id":4,"publish":{}}""", client.Say(Remove)[0]);
    }

    [Fact]
    public async Task Data_of_a_handler_that_the_format_does_not_allow_is_refused()
    {
        using var hub = MapHub.Create(MapMode.Persistent, application: static model =>
            model.AddChannel("news:{name}").Publish = static _ => new(PublishDecision.Allow("no JSON"u8.ToArray())));

        Assert.Contains("\"code\":107", hub.Connect().Say(Publish)[0], StringComparison.Ordinal);
        Assert.Empty((await hub.Server.Maps.ReadStateAsync(MapHub.Channel, default)).Entries);
    }

    [Theory]
    [InlineData("""{"id":3,"publish":{"channel":"news:a","data":1}}""", 107)]
    [InlineData("""{"id":3,"publish":{"channel":"news:a","type":1,"data":1}}""", 107)]
    [InlineData("""{"id":3,"publish":{"channel":"news:a","type":1,"removed":true}}""", 107)]
    [InlineData("""{"id":3,"publish":{"channel":"news:a","type":2,"key":"x","data":1}}""", 107)]
    [InlineData("""{"id":3,"publish":{"channel":"other:a","type":1,"key":"x","data":1}}""", 102)]
    public void Publication_that_fits_no_map_is_refused(string command, int code)
    {
        using var hub = MapHub.Create(MapMode.Persistent, static ns =>
        {
            ns.AllowPublish = ns.AllowPublishForAnonymous = true;
            ns.Map.AllowPublish = ns.Map.AllowPublishForAnonymous = ns.Map.AllowRemove = ns.Map.AllowRemoveForAnonymous = true;
        });

        Assert.Contains($"\"code\":{code}", Assert.Single(hub.Connect().Say(command)), StringComparison.Ordinal);
    }

    [Fact]
    public void Map_publication_into_a_stream_is_a_bad_request()
    {
        using var hub = MapHub.Create(MapMode.Ephemeral, configure: static options =>
            options.Namespaces["log"] = new NamespaceOptions { AllowPublish = true, AllowPublishForAnonymous = true });

        Assert.Contains("\"code\":107", hub.Connect().Say(Publish.Replace("news:a", "log:a", StringComparison.Ordinal))[0], StringComparison.Ordinal);
    }

    [Fact]
    public async Task Server_is_told_its_mistakes()
    {
        using var hub = MapHub.Create(MapMode.Ephemeral, configure: static options => options.Namespaces["log"] = new NamespaceOptions());
        var data = "1"u8.ToArray();

        Assert.Equal(107u, await CodeOf(() => hub.Hub.PublishAsync("news:a", data).AsTask()));
        Assert.Equal(107u, await CodeOf(() => hub.Server.Maps.PublishAsync("log:a", "x", data).AsTask()));
        Assert.Equal(107u, await CodeOf(() => hub.Server.Maps.PublishAsync("news:a", "", data).AsTask()));
        Assert.Equal(107u, await CodeOf(() => hub.Server.Maps.PublishAsync("news:a", "x", Array.Empty<byte>()).AsTask()));
        Assert.Equal(102u, await CodeOf(() => hub.Server.Maps.RemoveAsync("other:a", "x").AsTask()));
        Assert.Equal(108u, await CodeOf(() => hub.Server.Maps.ReadStreamAsync("news:a").AsTask()));
    }

    [Theory]
    [InlineData(MapMode.Ephemeral, 0, 100)]
    [InlineData(MapMode.Recoverable, 0, 100)]
    [InlineData(MapMode.Persistent, 60, 100)]
    [InlineData(MapMode.Persistent, 0, 0)]
    public void Options_that_contradict_each_other_stop_the_start(MapMode mode, int keyTtlSeconds, int streamSize) =>
        Assert.Throws<ArgumentException>(() => MapHub.Create(mode, ns =>
        {
            ns.Map.KeyTtl = TimeSpan.FromSeconds(keyTtlSeconds);
            ns.Map.StreamSize = streamSize;
        }));

    private static async Task<uint> CodeOf(Func<Task> operation) => (await Assert.ThrowsAsync<ClientException>(operation)).Error.Code;
}
