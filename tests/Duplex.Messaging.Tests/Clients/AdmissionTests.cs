using Duplex.Messaging.Application;
using Duplex.Messaging.Tests.TestDoubles;
using Duplex.Messaging.Tokens;

namespace Duplex.Messaging.Tests.Clients;

/// <summary>Who is let in, and what handlers learn of them.</summary>
public sealed class AdmissionTests
{
    [Fact]
    public void Client_beyond_the_limit_of_the_node_is_disconnected_with_3504_until_one_leaves()
    {
        using var hub = new TestHub(static options => options.MaxConnections = 1);
        var first = hub.Connect();
        var second = hub.Open();

        Assert.Empty(second.Say("""{"id":1,"connect":{}}"""));
        Assert.Equal<ushort?>(3504, second.CloseCode);

        first.Cut();
        hub.Connect();
    }

    [Fact]
    public void Two_clients_that_connect_at_once_do_not_both_take_the_last_place()
    {
        List<TaskCompletionSource<ConnectDecision>> gates = [];
        using var hub = new TestHub(static options => options.MaxConnections = 1, application: model => model.Connect = _ =>
        {
            gates.Add(new TaskCompletionSource<ConnectDecision>());
            return new(gates[^1].Task);
        });
        var (first, second) = (hub.Open(), hub.Open());
        first.Say("""{"id":1,"connect":{}}""");
        second.Say("""{"id":1,"connect":{}}""");

        foreach (var gate in gates) gate.SetResult(true);
        hub.Shard.RunAll();

        Assert.Equal<ushort?>([null, 3504], [.. new[] { first.CloseCode, second.CloseCode }.Order()]);
        Assert.Equal(1, hub.Hub.Describe().Clients);
    }

    [Fact]
    public void Limit_of_a_user_counts_neither_others_nor_anonymous_clients()
    {
        using var hub = Hub(static options => options.MaxConnectionsPerUser = 1);
        Enter(hub, "ann");
        Enter(hub, "bob");
        Enter(hub, "");
        Enter(hub, "");

        Assert.Equal<ushort?>(3504, Enter(hub, "ann").CloseCode);
    }

    [Fact]
    public void User_is_subscribed_to_the_channel_of_its_own_and_an_anonymous_client_is_not()
    {
        using var hub = Hub(static options => (options.PersonalChannel.IsEnabled, options.PersonalChannel.Namespace) = (true, "news"));
        var client = hub.Open();
        Assert.Contains("\"subs\":{\"news:#ann\":{", Assert.Single(client.Say(Connect("ann"))), StringComparison.Ordinal);
        Assert.DoesNotContain("subs", Assert.Single(hub.Open().Say(Connect(""))), StringComparison.Ordinal);

        hub.Publish("news:#ann", "1");

        Assert.Single(client.Received());
    }

    [Theory]
    [InlineData("7,8")]
    [InlineData("x#7")]
    public void User_whose_id_looks_like_a_list_of_users_shares_no_channel_with_them_CVE_2023_35391(string user)
    {
        using var hub = new TestHub(
            static options => (options.PersonalChannel.IsEnabled, options.PersonalChannel.Namespace) = (true, "news"),
            static ns => ns.AllowUserLimitedChannels = true,
            static model => model.Connect = static context =>
                new(ConnectDecision.Allow() with { User = System.Text.Encoding.UTF8.GetString(context.Data.Span).Trim('"') }));
        var (other, seven) = (hub.Open(), hub.Open());

        Assert.DoesNotContain("subs", Assert.Single(other.Say("{\"id\":1,\"connect\":{\"data\":\"" + user + "\"}}")), StringComparison.Ordinal);
        seven.Say("""{"id":1,"connect":{"data":"7"}}""");

        // The name is that of 7 (and 8), and the user that only looks like them is not let in.
        Assert.Contains("\"subscribe\"", Assert.Single(seven.Say("{\"id\":2,\"subscribe\":{\"channel\":\"news:#" + user + "\"}}")), StringComparison.Ordinal);
        Assert.Contains("\"code\":103", Assert.Single(other.Say("{\"id\":2,\"subscribe\":{\"channel\":\"news:#" + user + "\"}}")), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("müller", "news", null, false)]
    [InlineData("müller", "news", "^.*$", true)]
    [InlineData("google:42", "", null, false)]
    [InlineData("google:42", "news", null, true)]
    [InlineData("auth0|1", "", null, true)]
    [InlineData("a b", "", null, true)]
    [InlineData("ann", "news", "^[0-9#]+$", false)]
    [InlineData("xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx", "", null, false)]
    public void User_whose_id_makes_no_name_of_a_channel_connects_without_one_of_its_own(string user, string ns, string? pattern, bool hasChannel)
    {
        using var hub = new TestHub(
            options =>
            {
                options.MaxChannelLength = 50;
                options.Namespaces[""] = new();
                (options.PersonalChannel.IsEnabled, options.PersonalChannel.Namespace) = (true, ns);
            },
            news => news.ChannelPattern = pattern,
            model => model.Connect = _ => new(ConnectDecision.Allow() with { User = user }));

        var reply = Assert.Single(hub.Open().Say("""{"id":1,"connect":{}}"""));

        Assert.Contains("\"connect\"", reply, StringComparison.Ordinal);
        Assert.Equal(hasChannel, reply.Contains("\"subs\"", StringComparison.Ordinal));
    }

    [Fact]
    public void Personal_channels_in_a_namespace_of_maps_are_refused_at_the_start() =>
        Assert.Throws<ArgumentException>(static () => Hub(static options =>
        {
            options.Namespaces["map"] = new() { SubscriptionType = Messaging.Channels.SubscriptionType.Map };
            options.Namespaces["map"].Map.KeyTtl = TimeSpan.FromMinutes(1);
            (options.PersonalChannel.IsEnabled, options.PersonalChannel.Namespace) = (true, "map");
        }));

    [Fact]
    public void New_connection_of_a_user_ends_the_others_with_3504_where_one_is_allowed()
    {
        using var hub = Hub(static options =>
            (options.PersonalChannel.IsEnabled, options.PersonalChannel.Namespace, options.PersonalChannel.IsSingleConnection) = (true, "news", true));
        var (first, other) = (Enter(hub, "ann"), Enter(hub, "bob"));

        var second = Enter(hub, "ann");

        Assert.Equal<ushort?>(3504, first.CloseCode);
        Assert.Null(second.CloseCode);
        Assert.Null(other.CloseCode);
    }

    [Fact]
    public void Personal_channels_in_a_namespace_that_is_not_there_are_refused_at_the_start() =>
        Assert.Throws<ArgumentException>(static () => Hub(static options => (options.PersonalChannel.IsEnabled, options.PersonalChannel.Namespace) = (true, "none")));

    [Fact]
    public void Handler_sees_the_tokens_meta_and_the_headers_the_client_says_and_a_refresh_brings_new_meta()
    {
        List<string> seen = [];
        using var hub = Hub(application: model => model.AddCall("look", context =>
        {
            var names = context.Client.EmulatedHeaders;
            seen.Add($"{System.Text.Encoding.UTF8.GetString(context.Client.Meta.Span)} {names.GetValueOrDefault("authorization")}");
            return new((object?)null);
        }));
        var client = hub.Open();

        var reply = client.Say("""{"id":1,"connect":{"token":"ann","headers":{"Authorization":"x"}}}""");
        client.Say("""{"id":2,"rpc":{"method":"look"}}""");
        client.Say("""{"id":3,"refresh":{"token":"ann-again"}}""");
        client.Say("""{"id":4,"rpc":{"method":"look"}}""");

        Assert.Equal(["{\"plan\":1} x", "{\"plan\":2} x"], seen);
        Assert.DoesNotContain("plan", Assert.Single(reply), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(101, 1)]
    [InlineData(2, 20_000)]
    public void Server_disconnects_with_3501_a_client_with_more_headers_than_a_web_server_takes(int count, int length)
    {
        using var hub = new TestHub();
        var client = hub.Open();
        var headers = string.Join(",", Enumerable.Range(0, count).Select(i => $"\"h{i}\":\"{new string('x', length)}\""));

        client.Say("{\"id\":1,\"connect\":{\"headers\":{" + headers + "}}}");

        Assert.Equal<ushort?>(3501, client.CloseCode);
    }

    [Theory]
    [InlineData("X-Auth", "a\\r\\nX-Admin: yes")]
    [InlineData("X-Auth", "a\\u0000")]
    [InlineData("X-Auth", "\\u00e9")]
    [InlineData("X Auth", "a")]
    [InlineData("", "a")]
    [InlineData("Host", "a")]
    [InlineData("CONTENT-TYPE", "a")]
    [InlineData("transfer-encoding", "chunked")]
    public void Server_disconnects_with_3501_a_client_with_a_header_that_no_request_can_carry(string name, string value)
    {
        using var hub = new TestHub();
        var client = hub.Open();

        client.Say("{\"id\":1,\"connect\":{\"headers\":{\"" + name + "\":\"" + value + "\"}}}");

        Assert.Equal<ushort?>(3501, client.CloseCode);
    }

    private static TestHub Hub(Action<HubOptions>? configure = null, Action<ApplicationModel>? application = null)
    {
        var tokens = new FakeTokens();
        foreach (var user in (string[])["ann", "bob"]) tokens.Connections[user] = new(TokenStatus.Valid, Token(user, 1));
        tokens.Connections["ann-again"] = new(TokenStatus.Valid, Token("ann", 2));
        return new TestHub(configure, application: application, tokens: tokens);
    }

    private static ConnectionToken Token(string user, int plan) =>
        new() { User = user, Meta = System.Text.Encoding.UTF8.GetBytes($"{{\"plan\":{plan}}}") };

    private static TestClient Enter(TestHub hub, string user)
    {
        var client = hub.Open();
        client.Say(Connect(user));
        return client;
    }

    private static string Connect(string user) => "{\"id\":1,\"connect\":{\"token\":\"" + user + "\"}}";
}
