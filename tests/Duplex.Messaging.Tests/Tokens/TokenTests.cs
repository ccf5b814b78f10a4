using Duplex.Messaging.Application;
using Duplex.Messaging.Tests.TestDoubles;
using Duplex.Messaging.Tokens;

namespace Duplex.Messaging.Tests.Tokens;

public sealed class TokenTests
{
    private static readonly DateTimeOffset Start = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);

    [Fact]
    public void Valid_token_names_the_user_its_channels_and_the_time_to_live()
    {
        using var hub = Hub();
        var client = hub.Open();

        var reply = Assert.Single(client.Say("""{"id":1,"connect":{"token":"ann"}}"""));

        Assert.Equal("ann", client.Client.User);
        Assert.Contains("\"expires\":true,\"ttl\":60", reply, StringComparison.Ordinal);
        Assert.Contains("\"subs\":{\"news:own\":", reply, StringComparison.Ordinal);
    }

    [Fact]
    public void Expired_token_is_answered_with_109_and_an_invalid_one_ends_the_connection_with_3500()
    {
        using var hub = Hub();

        Assert.Contains("\"code\":109", Assert.Single(hub.Open().Say("""{"id":1,"connect":{"token":"late"}}""")), StringComparison.Ordinal);
        var forger = hub.Open();
        forger.Say("""{"id":1,"connect":{"token":"forged"}}""");
        Assert.Equal<ushort?>(3500, forger.CloseCode);
    }

    [Fact]
    public void Connection_that_is_not_refreshed_ends_with_3005_after_its_grace()
    {
        using var hub = Hub();
        var client = hub.Open();
        client.Say("""{"id":1,"connect":{"token":"ann"}}""");

        hub.Wait(TimeSpan.FromSeconds(84));
        Assert.Null(client.CloseCode);
        hub.Wait(TimeSpan.FromSeconds(2));

        Assert.Equal<ushort?>(3005, client.CloseCode);
    }

    [Fact]
    public void Refreshed_connection_lives_on_and_is_told_its_new_time()
    {
        using var hub = Hub();
        var client = hub.Open();
        client.Say("""{"id":1,"connect":{"token":"ann"}}""");
        hub.Wait(TimeSpan.FromSeconds(50));

        Assert.Contains("\"refresh\":{\"client\":\"" + client.Id, Assert.Single(client.Say("""{"id":2,"refresh":{"token":"ann-again"}}""")), StringComparison.Ordinal);
        hub.Wait(TimeSpan.FromSeconds(50));

        Assert.Null(client.CloseCode);
    }

    [Theory]
    [InlineData("ann-elsewhere")]
    [InlineData("ann-nowhere")]
    [InlineData("ann-everywhere")]
    public void Refresh_with_a_token_that_names_other_channels_ends_the_connection_with_3010(string token)
    {
        using var hub = Hub();
        var client = hub.Open();
        client.Say("""{"id":1,"connect":{"token":"ann"}}""");

        Assert.Empty(client.Say("{\"id\":2,\"refresh\":{\"token\":\"" + token + "\"}}"));

        Assert.Equal<ushort?>(3010, client.CloseCode);
    }

    [Fact]
    public void Channels_that_no_token_named_do_not_matter_to_a_refresh()
    {
        using var hub = Hub();
        var client = hub.Open();
        client.Say("""{"id":1,"connect":{"token":"ann"}}""");
        client.Say("""{"id":2,"subscribe":{"channel":"news:b"}}""");
        Assert.True(hub.Server.Clients.SubscribeAsync(ClientSelector.ForUser("ann"), "news:c").IsCompletedSuccessfully || hub.Shard.Pending > 0);
        client.Received();

        Assert.Contains("\"refresh\"", Assert.Single(client.Say("""{"id":3,"refresh":{"token":"ann-again"}}""")), StringComparison.Ordinal);
    }

    [Fact]
    public void Connection_that_outlives_its_token_by_a_century_is_told_a_year()
    {
        using var hub = Hub();
        Assert.Contains("\"ttl\":31536000", Assert.Single(hub.Open().Say("""{"id":1,"connect":{"token":"century"}}""")), StringComparison.Ordinal);
    }

    [Fact]
    public void Refresh_is_refused_with_3501_where_the_server_renews_connections_itself()
    {
        using var hub = Hub(model => model.Refresh = static _ => new(RefreshDecision.Allow(Start.AddSeconds(120))));
        var client = hub.Open();
        var reply = Assert.Single(client.Say("""{"id":1,"connect":{"token":"ann"}}"""));
        Assert.DoesNotContain("\"expires\":true,\"ttl\":60,\"", reply.Split("\"subs\"")[0], StringComparison.Ordinal);

        client.Say("""{"id":2,"refresh":{"token":"ann-again"}}""");

        Assert.Equal<ushort?>(3501, client.CloseCode);
    }

    [Fact]
    public void Token_without_a_user_ends_the_connection_with_3507_where_anonymous_tokens_are_not_allowed()
    {
        using var hub = Hub(configure: static options => options.DisallowAnonymousTokens = true);
        var client = hub.Open();

        client.Say("""{"id":1,"connect":{"token":"nobody"}}""");

        Assert.Equal<ushort?>(3507, client.CloseCode);
    }

    [Theory]
    [InlineData("bob", 3500)]
    [InlineData("late", 3005)]
    [InlineData("forged", 3500)]
    [InlineData("", 3501)]
    public void Refresh_with_a_wrong_token_ends_the_connection(string token, int code)
    {
        using var hub = Hub();
        var client = hub.Open();
        client.Say("""{"id":1,"connect":{"token":"ann"}}""");

        client.Say("{\"id\":2,\"refresh\":{\"token\":\"" + token + "\"}}");

        Assert.Equal<ushort?>((ushort)code, client.CloseCode);
    }

    [Theory]
    [InlineData("good", "\"subscribe\":{\"expires\":true,\"ttl\":60")]
    [InlineData("late", "\"error\":{\"code\":109")]
    [InlineData("forged", "\"error\":{\"code\":103")]
    public void Private_channel_needs_a_token_of_its_own(string token, string answer)
    {
        using var hub = Hub();
        var client = hub.Open();
        client.Say("""{"id":1,"connect":{"token":"ann"}}""");

        Assert.Contains("\"code\":103", Assert.Single(client.Say("""{"id":2,"subscribe":{"channel":"$news:a"}}""")), StringComparison.Ordinal);
        var reply = client.Say("{\"id\":3,\"subscribe\":{\"channel\":\"$news:a\",\"token\":\"" + token + "\"}}");

        Assert.Contains(answer, Assert.Single(reply), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("other-channel")]
    [InlineData("other-user")]
    [InlineData("other-client")]
    public void Subscription_token_for_somebody_or_something_else_ends_the_connection_with_3500(string token)
    {
        using var hub = Hub();
        var client = hub.Open();
        client.Say("""{"id":1,"connect":{"token":"ann"}}""");

        client.Say("{\"id\":3,\"subscribe\":{\"channel\":\"$news:a\",\"token\":\"" + token + "\"}}");

        Assert.Equal<ushort?>(3500, client.CloseCode);
    }

    [Fact]
    public void Subscription_that_is_not_refreshed_ends_with_2501()
    {
        using var hub = Hub();
        var client = hub.Open();
        client.Say("""{"id":1,"connect":{"token":"never"}}""");
        client.Say("""{"id":2,"subscribe":{"channel":"$news:a","token":"good"}}""");

        hub.Wait(TimeSpan.FromSeconds(84));
        Assert.Empty(client.Received());
        hub.Wait(TimeSpan.FromSeconds(30));

        Assert.Equal(["""{"push":{"channel":"$news:a","unsubscribe":{"code":2501,"reason":"subscription expired"}}}"""], client.Received());
    }

    [Theory]
    [InlineData("other-channel", 3500)]
    [InlineData("other-user", 3500)]
    [InlineData("forged", 3500)]
    public void Subscription_refresh_with_a_wrong_token_ends_the_connection(string token, int code)
    {
        using var hub = Hub();
        var client = hub.Open();
        client.Say("""{"id":1,"connect":{"token":"never"}}""");
        client.Say("""{"id":2,"subscribe":{"channel":"$news:a","token":"good"}}""");

        client.Say("{\"id\":3,\"sub_refresh\":{\"channel\":\"$news:a\",\"token\":\"" + token + "\"}}");

        Assert.Equal<ushort?>((ushort)code, client.CloseCode);
    }

    [Fact]
    public void Server_side_subscription_that_expires_ends_the_connection_with_3006()
    {
        using var hub = Hub();
        var client = hub.Open();
        client.Say("""{"id":1,"connect":{"token":"never"}}""");
        var subscribing = hub.Server.Clients.SubscribeAsync(ClientSelector.ForUser("ann"), new ServerSubscription("news:c") { ExpiresAt = Start.AddSeconds(30) });
        hub.Shard.RunAll();
        Assert.True(subscribing.IsCompletedSuccessfully);

        hub.Wait(TimeSpan.FromSeconds(90));

        Assert.Equal<ushort?>(3006, client.CloseCode);
    }

    [Fact]
    public void Subscription_refresh_without_a_token_is_107_without_a_subscription_103_and_with_an_expired_token_3006()
    {
        using var hub = Hub();
        var client = hub.Open();
        client.Say("""{"id":1,"connect":{"token":"never"}}""");
        client.Say("""{"id":2,"subscribe":{"channel":"$news:a","token":"good"}}""");

        Assert.Contains("\"code\":107", Assert.Single(client.Say("""{"id":3,"sub_refresh":{"channel":"$news:a"}}""")), StringComparison.Ordinal);
        Assert.Contains("\"code\":103", Assert.Single(client.Say("""{"id":4,"sub_refresh":{"channel":"$news:b","token":"good"}}""")), StringComparison.Ordinal);
        Assert.Contains("\"ttl\":60", Assert.Single(client.Say("""{"id":5,"sub_refresh":{"channel":"$news:a","token":"good"}}""")), StringComparison.Ordinal);
        client.Say("""{"id":6,"sub_refresh":{"channel":"$news:a","token":"late"}}""");
        Assert.Equal<ushort?>(3006, client.CloseCode);
    }

    private static TestHub Hub(Action<ApplicationModel>? application = null, Action<HubOptions>? configure = null)
    {
        var tokens = new FakeTokens
        {
            Connections =
            {
                ["ann"] = new(TokenStatus.Valid, new ConnectionToken { User = "ann", ExpiresAt = Start.AddSeconds(60), Subscriptions = [new ServerSubscription("news:own")] }),
                ["ann-again"] = new(TokenStatus.Valid, Again("news:own")),
                ["ann-elsewhere"] = new(TokenStatus.Valid, Again("news:other")),
                ["ann-everywhere"] = new(TokenStatus.Valid, Again("news:own", "news:other")),
                ["ann-nowhere"] = new(TokenStatus.Valid, Again()),
                ["century"] = new(TokenStatus.Valid, new ConnectionToken { User = "ann", ExpiresAt = Start.AddYears(100) }),
                ["nobody"] = new(TokenStatus.Valid, new ConnectionToken { User = "" }),
                ["never"] = new(TokenStatus.Valid, new ConnectionToken { User = "ann" }),
                ["bob"] = new(TokenStatus.Valid, new ConnectionToken { User = "bob" }),
                ["late"] = new(TokenStatus.Expired),
            },
            Subscriptions =
            {
                ["good"] = new(TokenStatus.Valid, Subscription("ann", "$news:a")),
                ["other-channel"] = new(TokenStatus.Valid, Subscription("ann", "$news:b")),
                ["other-client"] = new(TokenStatus.Valid, Subscription("ann", "$news:a") with { Client = "another" }),
                ["other-user"] = new(TokenStatus.Valid, Subscription("bob", "$news:a")),
                ["late"] = new(TokenStatus.Expired),
            },
        };
        return new TestHub(
            options =>
            {
                options.PingInterval = null;
                configure?.Invoke(options);
            },
            application: application,
            tokens: tokens);
    }

    private static ConnectionToken Again(params string[] channels) =>
        new() { User = "ann", ExpiresAt = Start.AddSeconds(120), Subscriptions = [.. channels.Select(static channel => new ServerSubscription(channel))] };

    private static SubscriptionToken Subscription(string user, string channel) =>
        new() { User = user, Channel = channel, ExpiresAt = Start.AddSeconds(60) };
}
