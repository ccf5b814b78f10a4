using Duplex.Messaging.Application;
using Duplex.Messaging.Codes;
using Duplex.Messaging.Presence;
using Duplex.Messaging.Tests.TestDoubles;
using Duplex.Messaging.Tokens;

namespace Duplex.Messaging.Tests.Codes;

/// <summary>Errors, unsubscribes and disconnects as clients meet them, by their codes.</summary>
public sealed class CodeTests
{
    [Theory]
    [InlineData("""{"id":2,"history":{"channel":"news:a"}}""", 108)]
    [InlineData("""{"id":2,"presence":{"channel":"news:a"}}""", 108)]
    [InlineData("""{"id":2,"presence_stats":{"channel":"news:a"}}""", 108)]
    [InlineData("""{"id":2,"rpc":{"method":"add"}}""", 108)]
    [InlineData("""{"id":2,"publish":{"channel":"news:a","data":1}}""", 103)]
    [InlineData("""{"id":2,"publish":{"channel":"other:a","data":1}}""", 102)]
    [InlineData("""{"id":2,"publish":{"channel":"news:a","data":1,"type":9}}""", 107)]
    [InlineData("""{"id":2,"history":{"channel":"kept:a"}}""", 103)]
    [InlineData("""{"id":2,"presence":{"channel":"kept:a"}}""", 103)]
    [InlineData("""{"id":2,"history":{"channel":"read:a","reverse":true,"since":{"offset":0}}}""", 107)]
    [InlineData("""{"id":2,"subscribe":{"channel":"news:a","tf":{"key":"k","cmp":"ex"}}}""", 107)]
    public void Command_for_what_is_off_or_not_allowed_is_answered_with_its_code(string command, int code)
    {
        using var hub = new TestHub(static options =>
        {
            options.Namespaces["kept"] = new() { HistorySize = 1, HistoryTtl = TimeSpan.FromHours(1), Presence = true };
            options.Namespaces["read"] = new() { HistorySize = 1, HistoryTtl = TimeSpan.FromHours(1), AllowHistory = true, AllowHistoryForAnonymous = true };
        });

        Assert.StartsWith($"{{\"id\":2,\"error\":{{\"code\":{code}", Assert.Single(hub.Connect().Say(command)), StringComparison.Ordinal);
    }

    [Fact]
    public void Method_nobody_has_is_answered_with_104_where_there_are_others()
    {
        using var hub = new TestHub(application: static model => model.AddCall("add", static _ => new((object?)null)));

        Assert.Contains("\"code\":104", Assert.Single(hub.Connect().Say("""{"id":2,"rpc":{"method":"none"}}""")), StringComparison.Ordinal);
    }

    [Fact]
    public void Channel_that_the_server_gave_is_answered_with_105()
    {
        using var hub = new TestHub(application: static model => model.Connect = static _ => new(ConnectDecision.Allow() with { Subscriptions = ["news:a"] }));

        Assert.Contains("\"code\":105", Assert.Single(hub.Connect().Say("""{"id":2,"subscribe":{"channel":"news:a"}}""")), StringComparison.Ordinal);
    }

    [Fact]
    public void Message_is_handed_to_the_application_and_ends_the_connection_with_3508_where_nobody_takes_it()
    {
        List<string> taken = [];
        using var taking = new TestHub(application: model => model.Message = context =>
        {
            taken.Add(System.Text.Encoding.UTF8.GetString(context.Data.Span));
            return default;
        });
        using var refusing = new TestHub();
        var (heard, unheard) = (taking.Connect(), refusing.Connect());

        Assert.Empty(heard.Say("""{"send":{"data":{"n":1}}}"""));
        unheard.Say("""{"send":{"data":{"n":1}}}""");

        Assert.Equal(["""{"n":1}"""], taken);
        Assert.Null(heard.CloseCode);
        Assert.Equal<ushort?>(3508, unheard.CloseCode);
    }

    [Fact]
    public void Client_that_was_refused_and_stays_is_closed_with_3502()
    {
        using var hub = new TestHub(tokens: new FakeTokens { Connections = { ["late"] = new(TokenStatus.Expired) } });
        var client = hub.Open();
        Assert.Contains("\"code\":109", Assert.Single(client.Say("""{"id":1,"connect":{"token":"late"}}""")), StringComparison.Ordinal);

        hub.Wait(TimeSpan.FromSeconds(11));

        Assert.Equal<ushort?>(3502, client.CloseCode);
    }

    [Fact]
    public void Token_that_names_more_channels_than_a_client_may_have_ends_the_connection_with_3505()
    {
        var token = new ConnectionToken { User = "ann", Subscriptions = ["news:a", "news:b", "news:c"] };
        using var hub = new TestHub(
            static options => options.MaxSubscriptionsPerClient = 2,
            tokens: new FakeTokens { Connections = { ["ann"] = new(TokenStatus.Valid, token) } });
        var client = hub.Open();

        Assert.Empty(client.Say("""{"id":1,"connect":{"token":"ann"}}"""));

        Assert.Equal<ushort?>(3505, client.CloseCode);
        Assert.Empty(hub.Server.Channels.List());
    }

    [Fact]
    public void Fault_of_our_own_ends_the_connection_with_3004()
    {
        using var hub = new TestHub(tokens: new BrokenTokens());
        var client = hub.Open();

        client.Say("""{"id":1,"connect":{"token":"any"}}""");

        Assert.Equal<ushort?>(3004, client.CloseCode);
    }

    [Theory]
    [InlineData(3011)]
    [InlineData(3014)]
    [InlineData(3509)]
    [InlineData(4001)]
    [InlineData(4999)]
    public void Code_that_the_application_chooses_is_the_one_that_ends_the_connection(ushort code)
    {
        using var hub = new TestHub();
        var client = hub.Connect();

        _ = hub.Server.Clients.DisconnectAsync(ClientSelector.Anonymous, new Disconnect(code, "because"));
        hub.Shard.RunAll();

        Assert.Equal<ushort?>(code, client.CloseCode);
    }

    [Fact]
    public void Permissions_that_change_end_subscriptions_with_2502()
    {
        using var hub = new TestHub();
        var client = hub.Connect();
        client.Say("""{"id":2,"subscribe":{"channel":"news:a"}}""");

        _ = hub.Server.Clients.UnsubscribeFromAllAsync(ClientSelector.Anonymous, reason: Unsubscription.StateInvalidated);

        Assert.Equal(["""{"push":{"channel":"news:a","unsubscribe":{"code":2502,"reason":"state invalidated"}}}"""], client.Received());
    }

    [Theory]
    [InlineData(16, 64, null)]
    [InlineData(17, 64, 3501)]
    [InlineData(16, 65, 3501)]
    public void Name_and_version_of_an_SDK_are_bounded(int name, int version, int? code)
    {
        using var hub = new TestHub();
        var client = hub.Open();

        client.Say("{\"id\":1,\"connect\":{\"name\":\"" + new string('n', name) + "\",\"version\":\"" + new string('v', version) + "\"}}");

        Assert.Equal((ushort?)code, client.CloseCode);
    }

    [Fact]
    public void Time_of_the_server_is_in_the_connect_reply_where_it_is_asked_for()
    {
        using var hub = new TestHub(static options => options.ConnectIncludesServerTime = true);

        Assert.Contains($"\"time\":{hub.Time.GetUtcNow().ToUnixTimeMilliseconds()}", Assert.Single(hub.Open().Say("""{"id":1,"connect":{}}""")), StringComparison.Ordinal);
    }

    [Fact]
    public void Transport_is_closed_before_presence_is_told()
    {
        var presence = new WatchfulPresenceStore(new MemoryPresenceStore(TimeProvider.System));
        using var hub = new TestHub(news: static ns => ns.Presence = true, presence: presence);
        var client = hub.Connect();
        client.Say("""{"id":2,"subscribe":{"channel":"news:a"}}""");
        ushort? seen = null;
        presence.Removing = () => seen = client.CloseCode;

        _ = hub.Server.Clients.DisconnectAsync(ClientSelector.Anonymous);
        hub.Shard.RunAll();

        Assert.Equal<ushort?>(3503, seen);
    }

    [Fact]
    public async Task Presence_outlives_its_time_while_the_client_is_there()
    {
        using var hub = new TestHub(static options => options.PingInterval = null, static ns => ns.Presence = true);
        var client = hub.Connect();
        client.Say("""{"id":2,"subscribe":{"channel":"news:a"}}""");

        hub.Wait(TimeSpan.FromMinutes(3));

        Assert.Equal(1, (await hub.Server.Channels.CountPresenceAsync("news:a")).Clients);
    }

    private sealed class BrokenTokens : ITokenVerifier
    {
        public ValueTask<TokenVerdict<ConnectionToken>> VerifyConnectionAsync(string token, CancellationToken cancellationToken) =>
            throw new HttpRequestException("the keys cannot be fetched");

        public ValueTask<TokenVerdict<SubscriptionToken>> VerifySubscriptionAsync(string token, CancellationToken cancellationToken) =>
            throw new HttpRequestException("the keys cannot be fetched");
    }
}
