using Duplex.Protocol.Closing;
using Duplex.Protocol.Extensions;
using Duplex.Protocol.Messages;
using Duplex.WebSockets.Compression;
using Duplex.WebSockets.Connections;
using Duplex.WebSockets.Hosting;
using Duplex.WebSockets.Messages;
using Microsoft.Extensions.Logging.Abstractions;

namespace Duplex.WebSockets.Tests.Connections;

/// <summary>A server's connection whose transport is two lists: what it is fed, and what it sent.</summary>
internal sealed class TestConnection : ProtocolConnection
{
    private readonly TestShard _shard;
    private readonly List<byte> _sent = [];
    private byte[] _span = [];

    private TestConnection(ConnectionSetup setup)
        : base(setup) => _shard = (TestShard)setup.Shard;

    public override long QueuedBytes => Queued;

    protected override LingerPolicy Linger => LingerPolicy.WhenNeeded;

    /// <summary>Bytes the network has not taken; the test sets it back.</summary>
    public long Queued { get; private set; }

    public bool IsStalled { get; set; }

    /// <summary>Bytes the kernel has not sent.</summary>
    public long Unsent { get; set; }

    internal override long UnsentBytes => Unsent;

    public string Sent => Convert.ToHexString([.. _sent]);

    /// <summary>Whether the transport lingers, once it drains.</summary>
    public bool? Finished { get; private set; }

    public bool IsShut { get; private set; }

    public bool IsDropped { get; private set; }

    public bool IsPaused { get; private set; }

    public bool HoldsUpPeer => IsHeldUp;

    public static TestConnection Open(
        TestShard shard, IWebSocketHandler handler, WebSocketConnectionOptions? options = null, MessageDeflater? deflater = null, IMessageInflater? inflater = null)
    {
        var connection = new TestConnection(new ConnectionSetup
        {
            Shard = shard,
            Handler = handler,
            Options = options ?? WebSocketConnectionOptions.Default,
            Logger = NullLogger.Instance,
            Role = Role.Server,
            Deflater = deflater,
            Inflater = inflater,
        });
        shard.Turn(connection.Open);
        return connection;
    }

    /// <summary>A turn in which these bytes arrive.</summary>
    public void Feed(string hex)
    {
        var bytes = Convert.FromHexString(hex.Replace(" ", "", StringComparison.Ordinal));
        _shard.Turn(() => Receive(bytes));
    }

    /// <summary>A turn in which the peer ends the transport.</summary>
    public void EndTransport() => _shard.Turn(OnPeerEnded);

    /// <summary>A turn in which the network takes this much.</summary>
    public void Take(long bytes) => _shard.Turn(() =>
    {
        Queued -= bytes;
        OnSent();
    });

    public void ClearSent() => _sent.Clear();

    protected override void OnReceivingPaused() => IsPaused = true;

    protected override void OnReceivingResumed() => IsPaused = false;

    protected override Span<byte> GetSendSpan(int length) => _span = new byte[length];

    protected override void AdvanceSend(int length) => Add(_span.AsSpan(0, length));

    protected override void Enqueue(PreparedMessage message) => Add(message.Frame.Span);

    protected override void FlushTransport() => Finished = IsLingering;

    protected override void ShutdownSending() => IsShut = true;

    protected override void EndTransport(bool inOrder) => IsDropped = true;

    private void Add(ReadOnlySpan<byte> bytes)
    {
        _sent.AddRange(bytes);
        if (IsStalled) Queued += bytes.Length;
    }
}
