using Duplex.Centrifuge.Codecs;
using Duplex.Centrifuge.Protobuf;
using Duplex.Centrifuge.Session;
using Duplex.Execution;
using Duplex.Messaging.Clients;
using Duplex.Messaging.Codes;
using Duplex.Messaging.Outbound;
using Duplex.Messaging.Tests.TestDoubles;
using Duplex.Messaging.Transports;
using Google.Protobuf;

using Wire = Duplex.Centrifuge.Tests.Schema;

namespace Duplex.Centrifuge.Tests.Session.TestDoubles;

/// <summary>A peer of the hub that speaks Protobuf by Google's implementation, or any bytes.</summary>
internal sealed class ProtobufPeer : IClientTransport
{
    private static readonly DialectWire Dialect = new(new ProtobufCodec(PushEnvelope.Reply), new BytesFraming());

    private readonly TestHub _hub;
    private readonly DialectSession _session;
    private readonly List<Wire.Reply> _received = [];
    private Disconnect? _closed;

    public ProtobufPeer(TestHub hub)
    {
        _hub = hub;
        DialectSession? session = null;
        hub.Shard.Do(() => session = new DialectSession(hub.Hub, hub.Shard, this, Dialect, ClientFeatures.Default, SessionOptions.Default));
        _session = session!;
    }

    public string Name => "test";

    public long QueuedBytes => 0;

    public bool IsWritable => true;

    public ushort? CloseCode => _closed?.Code;

    /// <summary>A peer that has connected.</summary>
    public static ProtobufPeer Connect(TestHub hub)
    {
        var peer = new ProtobufPeer(hub);
        Assert.NotNull(Assert.Single(peer.Say(new Wire.Command { Id = 1, Connect = new() })).Connect);
        return peer;
    }

    /// <summary>Sends one command, lets the hub work until it rests, and returns what came back.</summary>
    public Wire.Reply[] Say(Wire.Command command)
    {
        using var frame = new MemoryStream();
        command.WriteDelimitedTo(frame);
        return Say(frame.ToArray());
    }

    public Wire.Reply[] Say(byte[] frame)
    {
        _hub.Shard.Do(() => _session.OnMessage(frame));
        _hub.Shard.RunAll();
        Wire.Reply[] taken = [.. _received];
        _received.Clear();
        return taken;
    }

    public void Send(SharedFrame frame) => _received.Add(Wire.Reply.Parser.ParseDelimitedFrom(new MemoryStream(((BytesFrame)frame).Bytes)));

    public void Close(Disconnect disconnect) => _closed ??= disconnect;

    public void Abort() => _closed ??= Disconnects.WriteError;

    private sealed class BytesFraming : Framing
    {
        public override SharedFrame Frame(ReadOnlySpan<byte> message) => new BytesFrame(message.ToArray());
    }

    private sealed class BytesFrame(byte[] bytes) : SharedFrame
    {
        public byte[] Bytes => bytes;

        public override int Length => bytes.Length;

        protected override void Free()
        {
        }
    }
}
