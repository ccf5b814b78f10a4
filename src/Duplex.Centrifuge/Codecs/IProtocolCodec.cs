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
/// The write methods append one message without the separator or length that frames it. They return false when the encoding
/// cannot carry a payload (bytes that are not JSON, to a JSON client): the caller then discards the appended bytes and
/// disconnects the client with inappropriate protocol (3506).
/// </remarks>
internal interface IProtocolCodec
{
    /// <summary>Whether messages are text (JSON) or binary (Protobuf).</summary>
    bool IsText { get; }

    /// <summary>The server's ping, a complete message.</summary>
    ReadOnlySpan<byte> Ping { get; }

    /// <summary>Reads the next command of a frame, which may contain several, and advances the frame past it.</summary>
    CommandStatus ReadCommand(ref ReadOnlySpan<byte> frame, out Command command, out CommandFault fault);

    /// <summary>Reads a connect request without a command around it, as clients of one-way transports send it.</summary>
    bool TryReadConnect(ReadOnlySpan<byte> message, out ConnectRequest request, out CommandFault fault);

    /// <summary>Reads the body of a POST request to the emulation endpoint.</summary>
    bool TryReadEmulation(ReadOnlySpan<byte> body, out EmulationRequest request, out CommandFault fault);

    /// <summary>Appends the reply to a command that succeeded.</summary>
    bool WriteResult(IBufferWriter<byte> output, uint id, Result result);

    /// <summary>Appends the error reply to a command.</summary>
    void WriteError(IBufferWriter<byte> output, uint id, ClientError error);

    /// <summary>Appends a publication push. The bytes are the same for every subscriber with the same <paramref name="target"/> and delta negotiation.</summary>
    /// <param name="output">Receives the message.</param>
    /// <param name="target">The channel.</param>
    /// <param name="publication">The publication. Its data is a patch when <see cref="Publication.IsDelta"/> is set.</param>
    /// <param name="deltaNegotiated">Whether the subscribers negotiated delta compression. JSON then carries the data as a string.</param>
    bool WritePublication(IBufferWriter<byte> output, PushTarget target, Publication publication, bool deltaNegotiated);

    /// <summary>Appends a push other than a publication.</summary>
    bool WritePush(IBufferWriter<byte> output, PushTarget target, Push push);
}
