using System.Text;
using Duplex.Messaging.Application;
using Duplex.Messaging.Tests.TestDoubles;
using Duplex.Messaging.Tokens;

namespace Duplex.Messaging.Tests.Clients;

/// <summary>What a new token changes, what it leaves alone, and times that have passed before they are told.</summary>
public sealed class RenewalTests
{
    private static readonly DateTimeOffset Start = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);

    [Theory]
    [InlineData("ann", null)]
    [InlineData("7", 3500)]
    public void Refresh_is_for_the_user_of_the_first_token_whatever_the_connect_handler_made_of_it(string user, int? code)
    {
        using var hub = Hub(static _ => ConnectDecision.Allow() with { User = "7" });
        var client = Connected(hub, "ann");

        client.Say("{\"id\":2,\"refresh\":{\"token\":\"" + user + "\"}}");

        Assert.Equal((ushort?)code, client.CloseCode);
        Assert.Equal("7", client.Client.User);
    }

    [Fact]
    public void Subscription_token_names_the_user_of_the_connection_token()
    {
        using var hub = Hub(static _ => ConnectDecision.Allow() with { User = "7" });

        Assert.Contains("\"subscribe\"", Subscribe(Connected(hub, "ann"), "ann"), StringComparison.Ordinal);
        var other = Connected(hub, "ann");
        other.Say("""{"id":2,"subscribe":{"channel":"$news:a","token":"7"}}""");
        Assert.Equal<ushort?>(3500, other.CloseCode);
    }

    [Fact]
    public void User_named_by_the_handler_alone_is_the_one_its_tokens_must_name()
    {
        using var hub = Hub(static _ => ConnectDecision.Allow() with { User = "7" });
        var client = hub.Connect();

        Assert.Contains("\"subscribe\"", Subscribe(client, "7"), StringComparison.Ordinal);
        Assert.Contains("\"refresh\"", Assert.Single(client.Say("""{"id":3,"refresh":{"token":"7"}}""")), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(null, "{\"of\":\"ann-again\"}")]
    [InlineData("{\"of\":\"handler\"}", "{\"of\":\"handler\"}")]
    public void Info_of_a_new_token_is_shown_unless_the_connect_handler_gave_another(string? given, string shown)
    {
        using var hub = Hub(_ => ConnectDecision.Allow() with { Info = given is null ? null : Encoding.UTF8.GetBytes(given) });
        var client = Connected(hub, "ann");
        Subscribe(client, "ann");

        client.Say("""{"id":3,"refresh":{"token":"ann-again"}}""");
        hub.Wait(TimeSpan.FromSeconds(30));

        // Presence is told anew at its next update.
        var presence = Assert.Single(client.Say("""{"id":4,"presence":{"channel":"$news:a"}}"""));
        Assert.Contains("\"conn_info\":" + shown, presence, StringComparison.Ordinal);
        Assert.Contains("\"chan_info\":{\"token\":\"ann\"}", presence, StringComparison.Ordinal);
    }

    [Fact]
    public void Info_of_a_new_subscription_token_is_shown_from_the_next_update_on()
    {
        using var hub = Hub();
        var client = Connected(hub, "ann");
        Subscribe(client, "ann");

        client.Say("""{"id":3,"sub_refresh":{"channel":"$news:a","token":"ann-again"}}""");
        hub.Wait(TimeSpan.FromSeconds(30));

        Assert.Contains("\"chan_info\":{\"token\":\"ann-again\"}", Assert.Single(client.Say("""{"id":4,"presence":{"channel":"$news:a"}}""")), StringComparison.Ordinal);
    }

    [Fact]
    public void Connection_that_has_expired_before_it_began_is_answered_with_110()
    {
        using var hub = Hub(static _ => ConnectDecision.Allow() with { ExpiresAt = Start });

        Assert.Contains("\"code\":110,\"message\":\"expired\"", Assert.Single(hub.Open().Say("""{"id":1,"connect":{}}""")), StringComparison.Ordinal);
    }

    [Fact]
    public void Subscription_that_has_expired_before_it_began_is_answered_with_110()
    {
        using var hub = Hub(application: static model => model.AddChannel("news:{topic}").Subscribe = static _ => new(SubscribeDecision.Allow() with { ExpiresAt = Start }));
        var client = Connected(hub, "ann");

        Assert.Contains("\"code\":110", Subscribe(client, "over"), StringComparison.Ordinal);
        Assert.Contains("\"code\":110", Assert.Single(client.Say("""{"id":3,"subscribe":{"channel":"news:b"}}""")), StringComparison.Ordinal);
        Assert.Empty(hub.Server.Channels.List());
    }

    [Theory]
    [InlineData("\"refresh\":{\"token\":\"over\"}", 3005)]
    [InlineData("\"sub_refresh\":{\"channel\":\"$news:a\",\"token\":\"over\"}", 3006)]
    public void Renewal_by_a_token_that_ends_the_time_at_once_ends_the_connection(string command, int code)
    {
        using var hub = Hub();
        var client = Connected(hub, "ann");
        Subscribe(client, "ann");

        Assert.Empty(client.Say("{\"id\":3," + command + "}"));

        Assert.Equal((ushort?)code, client.CloseCode);
    }

    [Theory]
    [InlineData("connection")]
    [InlineData("subscription")]
    public void Renewal_that_fails_is_asked_for_again_until_it_succeeds(string what)
    {
        var failures = 3;
        using var hub = Renewed(what, _ => failures-- > 0 ? throw new InvalidOperationException("The backend is away.") : new(RefreshDecision.Allow(Start.AddDays(1))));
        var client = Inside(hub);

        hub.Wait(TimeSpan.FromMinutes(5));

        Assert.Equal(-1, failures);
        Assert.Null(client.CloseCode);
        Assert.Single(hub.Server.Channels.List());
    }

    [Theory]
    [InlineData("connection", false)]
    [InlineData("connection", true)]
    [InlineData("subscription", false)]
    [InlineData("subscription", true)]
    public void Renewal_that_fails_or_does_not_come_ends_what_expired_when_the_grace_is_over(string what, bool comes)
    {
        var asked = 0;
        var never = new TaskCompletionSource<RefreshDecision>();
        using var hub = Renewed(what, _ =>
        {
            asked++;
            return comes ? throw new InvalidOperationException("The backend is away.") : new(never.Task);
        });
        var client = Inside(hub);

        hub.Wait(TimeSpan.FromSeconds(60 + 20));
        Assert.Single(hub.Server.Channels.List());
        hub.Wait(TimeSpan.FromSeconds(60));

        Assert.Empty(hub.Server.Channels.List());
        Assert.Equal(comes ? 5 : 1, asked);
        Assert.Equal(what == "connection" ? (ushort)3005 : null, client.CloseCode);
        never.SetResult(RefreshDecision.Allow(Start.AddDays(1)));
        hub.Shard.RunAll();
        client.Cut();
        LifeCycleTests.AssertNothingIsLeft(hub);
    }

    [Theory]
    [InlineData("connection")]
    [InlineData("subscription")]
    public void Renewal_that_is_refused_is_not_asked_for_again(string what)
    {
        var asked = 0;
        using var hub = Renewed(what, _ =>
        {
            asked++;
            throw new Messaging.Errors.ClientException(403, "no");
        });
        Inside(hub);

        hub.Wait(TimeSpan.FromMinutes(5));

        Assert.Equal(1, asked);
        Assert.Empty(hub.Server.Channels.List());
    }

    [Fact]
    public void Subscription_that_outlives_its_token_by_a_century_is_told_a_year()
    {
        using var hub = Hub();

        Assert.Contains("\"ttl\":31536000", Subscribe(Connected(hub, "ann"), "century"), StringComparison.Ordinal);
    }

    // What expires, the connection or the subscription in it, does so after a minute.
    private static TestHub Renewed(string what, Handler<RefreshDecision> renew) => new(
        static options => options.PingInterval = null,
        application: model =>
        {
            var expiry = Start.AddMinutes(1);
            model.Connect = _ => new(ConnectDecision.Allow() with { ExpiresAt = what == "connection" ? expiry : null });
            if (what == "connection") model.Refresh = renew;
            var route = model.AddChannel("news:{topic}");
            route.Subscribe = _ => new(SubscribeDecision.Allow() with { ExpiresAt = what == "subscription" ? expiry : null });
            if (what == "subscription") route.Refresh = renew;
        });

    private static TestClient Inside(TestHub hub)
    {
        var client = hub.Connect();
        client.Say("""{"id":2,"subscribe":{"channel":"news:a"}}""");
        return client;
    }

    private static TestHub Hub(Func<HandlerContext, ConnectDecision>? connect = null, Action<ApplicationModel>? application = null)
    {
        var tokens = new FakeTokens();
        foreach (var name in (string[])["ann", "ann-again", "7", "over", "century"])
        {
            var user = name == "7" ? "7" : "ann";
            DateTimeOffset? expiry = name switch { "over" => Start, "century" => Start.AddYears(100), _ => Start.AddSeconds(300) };
            var of = Encoding.UTF8.GetBytes("{\"of\":\"" + name + "\"}");
            tokens.Connections[name] = new(TokenStatus.Valid, new ConnectionToken { User = user, ExpiresAt = expiry, Info = of });
            var token = Encoding.UTF8.GetBytes("{\"token\":\"" + name + "\"}");
            tokens.Subscriptions[name] = new(TokenStatus.Valid, new SubscriptionToken { User = user, Channel = "$news:a", ExpiresAt = expiry, Info = token });
        }

        return new TestHub(
            static options => options.PingInterval = null,
            static ns => ns.Presence = ns.AllowPresence = ns.AllowPresenceForAnonymous = true,
            model =>
            {
                if (connect is not null) model.Connect = context => new(connect(context));
                application?.Invoke(model);
            },
            tokens);
    }

    private static TestClient Connected(TestHub hub, string token)
    {
        var client = hub.Open();
        Assert.Contains("\"connect\"", Assert.Single(client.Say("{\"id\":1,\"connect\":{\"token\":\"" + token + "\"}}")), StringComparison.Ordinal);
        return client;
    }

    private static string Subscribe(TestClient client, string token) =>
        Assert.Single(client.Say("{\"id\":2,\"subscribe\":{\"channel\":\"$news:a\",\"token\":\"" + token + "\"}}"));
}
