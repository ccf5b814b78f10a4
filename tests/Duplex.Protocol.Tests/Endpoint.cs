using System.Globalization;
using System.Text;
using Duplex.Protocol.Closing;
using Duplex.Protocol.Framing;
using Duplex.Protocol.Messages;
using Duplex.Protocol.Tests.Messages;

namespace Duplex.Protocol.Tests;

/// <summary>One end of a connection with a list of bytes for a transport, and a log of what its shell would see.</summary>
internal sealed class Endpoint : IFrameOutput, IDisposable
{
    private const uint Key = 0x3d21fa37;

    private readonly List<byte> _sent = [];
    private byte[] _span = [];

    public Endpoint(Role role = Role.Server, MessageLimits? limits = null)
    {
        Protocol = new WebSocketProtocol(new WebSocketProtocolSetup
        {
            Role = role,
            Limits = limits ?? MessageLimits.Default,
            Output = this,
        });
    }

    public WebSocketProtocol Protocol { get; }

    /// <summary>Events and state changes, in order.</summary>
    public List<string> Events { get; } = [];

    /// <summary>Everything sent so far.</summary>
    public string Sent => Convert.ToHexString([.. _sent]);

    /// <summary>Whether the close frame that the peer has made due is sent at once, as by a shell whose application has nothing to answer.</summary>
    public bool AnswersAtOnce { get; set; } = true;

    /// <summary>Whether the output is below its high-water mark.</summary>
    public bool IsWritable { get; set; } = true;

    /// <summary>The wait that the last call has changed to, or null.</summary>
    public ProtocolWait? Wait => Protocol.TryTakeWait(out var wait) ? wait : null;

    /// <summary>
    /// A server receives these bytes, masked with the key 0, whole, cut in two at every byte, and byte by byte: it logs these
    /// events, sends these bytes and ends in this state.
    /// </summary>
    public static void Server(string received, string[] events, string sent, ConnectionState state, Action<Endpoint>? first = null, MessageLimits? limits = null)
    {
        var wire = Wire.Bytes(received);
        Check([wire]);
        for (var at = 1; at < wire.Length; at++) Check([wire[..at], wire[at..]]);
        Check([.. wire.Select(b => new[] { b })]);

        void Check(byte[][] pieces)
        {
            using var endpoint = new Endpoint(limits: limits);
            first?.Invoke(endpoint);
            foreach (var piece in pieces) endpoint.Receive(piece);
            Assert.Equal(events, endpoint.Events);
            Assert.Equal(sent.Replace(" ", "", StringComparison.Ordinal), endpoint.Sent);
            Assert.Equal(state, endpoint.Protocol.State);
        }
    }

    public void Receive(string hex) => Receive(Wire.Bytes(hex));

    public void Receive(ReadOnlySpan<byte> bytes)
    {
        Span<byte> input = bytes.ToArray();
        while (Protocol.TryReceive(ref input, out var e))
        {
            Events.Add(Describe(e));
            if (AnswersAtOnce) Protocol.SendDueClose();
        }
    }

    public void Dispose() => Protocol.Dispose();

    uint IFrameOutput.NextMaskingKey() => Key;

    Span<byte> IFrameOutput.GetSpan(int length) => _span = new byte[length];

    void IFrameOutput.Advance(int length) => _sent.AddRange(_span.AsSpan(0, length));

    private static string Describe(in MessageEvent e) => e.Kind switch
    {
        MessageEventKind.Close => string.Create(CultureInfo.InvariantCulture, $"Close {(int)e.CloseCode} {Encoding.UTF8.GetString(e.CloseReason)}").TrimEnd(),
        MessageEventKind.Fault => string.Create(CultureInfo.InvariantCulture, $"{e.Fault.Reason} {(int)e.Fault.Code} at {e.Fault.Offset}"),
        _ => $"{e.Kind} {Encoding.UTF8.GetString(e.Payload)}".TrimEnd(),
    };
}
