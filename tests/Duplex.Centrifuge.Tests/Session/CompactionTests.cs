using Duplex.Centrifuge.Tests.Session.TestDoubles;
using Duplex.Messaging.Tests.TestDoubles;

using Wire = Duplex.Centrifuge.Tests.Schema;

namespace Duplex.Centrifuge.Tests.Session;

public sealed class CompactionTests
{
    [Fact]
    public void Client_that_offers_it_gets_a_number_and_pushes_that_bear_it_and_others_get_the_name()
    {
        using var hub = new TestHub(static options => options.PingInterval = null, static ns =>
            ns.AllowChannelCompaction = ns.JoinLeave = ns.ForceJoinLeave = true);
        var (compact, plain) = (hub.Connect(), hub.Connect());
        Assert.Equal("""{"id":2,"subscribe":{"id":1}}""", compact.Say("""{"id":2,"subscribe":{"channel":"news:a","flag":1}}""")[0]);
        Assert.Equal("""{"id":2,"subscribe":{}}""", plain.Say("""{"id":2,"subscribe":{"channel":"news:a"}}""")[0]);
        compact.Received();

        hub.Publish("news:a", "7");
        plain.Say("""{"id":3,"unsubscribe":{"channel":"news:a"}}""");

        Assert.Equal(
            ["""{"push":{"id":1,"pub":{"data":7}}}""", "{\"push\":{\"id\":1,\"leave\":{\"info\":{\"user\":\"\",\"client\":\"" + plain.Id + "\"}}}}"],
            Frames.WithoutTime(compact.Received()));
    }

    [Theory]
    [InlineData("js", false)]
    [InlineData("csharp", true)]
    public void Protobuf_client_gets_a_number_unless_it_is_the_SDK_that_cannot_read_it(string name, bool isGiven)
    {
        using var hub = new TestHub(news: static ns => ns.AllowChannelCompaction = true);
        var peer = new ProtobufPeer(hub);
        peer.Say(new Wire.Command { Id = 1, Connect = new() { Name = name } });

        var reply = Assert.Single(peer.Say(new Wire.Command { Id = 2, Subscribe = new() { Channel = "news:a", Flag = 1 } }));

        Assert.Equal(isGiven, reply.Subscribe.Id != 0);
    }

    [Fact]
    public void Number_is_given_only_where_the_namespace_allows_it()
    {
        using var hub = new TestHub();

        Assert.Equal(["""{"id":2,"subscribe":{}}"""], hub.Connect().Say("""{"id":2,"subscribe":{"channel":"news:a","flag":1}}"""));
    }
}
