using System.Buffers;
using Duplex.Centrifuge.Model;
using Duplex.Centrifuge.Model.Pushes;
using Duplex.Messaging.Codes;
using Duplex.Messaging.Commands;
using Duplex.Messaging.Publications;

namespace Duplex.Centrifuge.Codecs;

/// <summary>
/// Reads commands and writes replies and pushes in one encoding of the dialect. Stateless: one instance serves all
/// connections and threads.
/// </summary>
/// <remarks>
/// The write methods append one message without the separator or length that frames it. They return false when a payload
/// cannot be carried (bytes that are not JSON, to a JSON client): the caller discards what was appended and disconnects
/// the client as inappropriate protocol (3506).
/// </remarks>
public interface IProtocolCodec
{
    /// <summary>Whether messages are text (JSON) or binary (Protobuf).</summary>
    bool IsText { get; }

    /// <summary>The server's ping, complete.</summary>
    ReadOnlySpan<byte> Ping { get; }

    /// <summary>Takes the next command off a frame, which may hold several.</summary>
    CommandStatus ReadCommand(ref ReadOnlySpan<byte> frame, out Command command, out CommandFault fault);

    /// <summary>Reads a bare connect request, as one-way transports send it.</summary>
    bool TryReadConnect(ReadOnlySpan<byte> message, out ConnectRequest request, out CommandFault fault);

    /// <summary>Reads the body of a post to the emulation endpoint.</summary>
    bool TryReadEmulation(ReadOnlySpan<byte> body, out EmulationRequest request, out CommandFault fault);

    /// <summary>Appends the reply to a command that succeeded.</summary>
    bool WriteResult(IBufferWriter<byte> output, uint id, Result result);

    /// <summary>Appends the reply to a command that was refused.</summary>
    void WriteError(IBufferWriter<byte> output, uint id, ClientError error);

    /// <summary>Appends a publication, the same bytes for every subscriber with the same <paramref name="target"/> and choice of delta.</summary>
    /// <param name="output">Where to.</param>
    /// <param name="target">The channel.</param>
    /// <param name="publication">The publication, its data a patch where it says so.</param>
    /// <param name="deltaNegotiated">Whether the subscribers negotiated delta compression: JSON then carries all data as a string.</param>
    bool WritePublication(IBufferWriter<byte> output, PushTarget target, Publication publication, bool deltaNegotiated);

    /// <summary>Appends any other push.</summary>
    bool WritePush(IBufferWriter<byte> output, PushTarget target, Push push);
}
