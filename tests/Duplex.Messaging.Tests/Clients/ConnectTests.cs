using Duplex.Messaging.Application;
using Duplex.Messaging.Errors;
using Duplex.Messaging.Tests.TestDoubles;

namespace Duplex.Messaging.Tests.Clients;

public sealed class ConnectTests
{
    [Fact]
    public void Server_answers_connect_with_the_clients_id_and_its_ping_interval()
    {
        using var hub = new TestHub();
        var client = hub.Open();

        var reply = Assert.Single(client.Say("""{"id":1,"connect":{"name":"js"}}"""));

        Assert.StartsWith("{\"id\":1,\"connect\":{", reply, StringComparison.Ordinal);
        Assert.Contains($"\"client\":\"{client.Id}\"", reply, StringComparison.Ordinal);
        Assert.Contains("\"ping\":25,\"pong\":true", reply, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("""{"id":1,"subscribe":{"channel":"news:a"}}""")]
    [InlineData("""{"id":1}""")]
    [InlineData("""{}""")]
    [InlineData("")]
    [InlineData("\n")]
    [InlineData("not json")]
    [InlineData("""{"id":0,"connect":{}}""")]
    [InlineData("""{"id":1,"connect":{"name":"a name of more than 16 characters"}}""")]
    public void Server_disconnects_with_3501_a_client_whose_first_command_is_no_connect(string frame)
    {
        using var hub = new TestHub();
        var client = hub.Open();

        Assert.Empty(client.Say(frame));

        Assert.Equal<ushort?>(3501, client.CloseCode);
    }

    [Fact]
    public void Server_disconnects_with_3501_a_client_that_connects_twice()
    {
        using var hub = new TestHub();
        var client = hub.Connect();

        client.Say("""{"id":2,"connect":{}}""");

        Assert.Equal<ushort?>(3501, client.CloseCode);
    }

    [Fact]
    public void Server_disconnects_with_3501_a_client_without_credentials_when_anonymous_ones_are_not_allowed()
    {
        using var hub = new TestHub(options => options.AllowAnonymous = false);
        var client = hub.Open();

        client.Say("""{"id":1,"connect":{}}""");

        Assert.Equal<ushort?>(3501, client.CloseCode);
    }

    [Fact]
    public void Server_disconnects_with_3502_a_client_that_does_not_connect_in_time()
    {
        using var hub = new TestHub();
        var client = hub.Open();

        hub.Wait(TimeSpan.FromSeconds(9.5));
        Assert.Null(client.CloseCode);
        hub.Wait(TimeSpan.FromSeconds(1));

        Assert.Equal<ushort?>(3502, client.CloseCode);
    }

    [Fact]
    public void Server_leaves_the_transport_open_after_a_connect_error_and_accepts_nothing_more()
    {
        using var hub = new TestHub(application: model => model.Connect = static _ => throw new ClientException(450, "not today"));
        var client = hub.Open();

        var reply = client.Say("""{"id":1,"connect":{}}""");

        Assert.Equal(["""{"id":1,"error":{"code":450,"message":"not today"}}"""], reply);
        Assert.Null(client.CloseCode);
        client.Say("""{"id":2,"subscribe":{"channel":"news:a"}}""");
        Assert.Equal<ushort?>(3501, client.CloseCode);
    }

    [Fact]
    public void Server_finishes_connect_before_it_looks_at_the_subscribes_in_the_same_frame()
    {
        var gate = new TaskCompletionSource<ConnectDecision>();
        using var hub = new TestHub(application: model => model.Connect = _ => new(gate.Task));
        var client = hub.Open();

        Assert.Empty(client.Say("{\"id\":1,\"connect\":{}}\n{\"id\":2,\"subscribe\":{\"channel\":\"news:a\"}}\n{\"id\":3,\"subscribe\":{\"channel\":\"news:b\"}}"));
        client.Send("""{"id":4,"unsubscribe":{"channel":"news:a"}}""");
        gate.SetResult(true);

        var replies = client.Received();
        Assert.Equal(4, replies.Length);
        Assert.StartsWith("{\"id\":1,\"connect\"", replies[0], StringComparison.Ordinal);
        Assert.StartsWith("{\"id\":2,\"subscribe\"", replies[1], StringComparison.Ordinal);
        Assert.StartsWith("{\"id\":3,\"subscribe\"", replies[2], StringComparison.Ordinal);
        Assert.Equal("""{"id":4,"unsubscribe":{}}""", replies[3]);
    }

    [Fact]
    public void Server_subscribes_a_client_as_the_connect_handler_says_and_sends_its_data()
    {
        using var hub = new TestHub(application: model => model.Connect = static _ => new(
            ConnectDecision.Allow() with { User = "42", Data = "{\"hello\":1}"u8.ToArray(), Subscriptions = ["news:#42"] }));
        var client = hub.Open();

        var reply = Assert.Single(client.Say("""{"id":1,"connect":{}}"""));
        Assert.Contains("\"data\":{\"hello\":1}", reply, StringComparison.Ordinal);
        Assert.Contains("\"subs\":{\"news:#42\":{", reply, StringComparison.Ordinal);

        hub.Publish("news:#42", "7");
        Assert.Equal(["""{"push":{"channel":"news:#42","pub":{"data":7}}}"""], Frames.WithoutTime(client.Received()));
        Assert.Equal("42", client.Client.User);
    }

    [Fact]
    public void Server_disconnects_all_clients_with_3001_when_it_stops()
    {
        using var hub = new TestHub();
        var client = hub.Connect();

        hub.Hub.Shutdown();
        hub.Shard.RunAll();

        Assert.Equal<ushort?>(3001, client.CloseCode);
    }
}
