using System.Buffers;
using System.Text.Json;
using System.Text.Unicode;
using Duplex.Centrifuge.Codecs;
using Duplex.Centrifuge.Model;
using Duplex.Centrifuge.Model.Pushes;
using Duplex.Messaging.Codes;
using Duplex.Messaging.Commands;
using Duplex.Messaging.Publications;

namespace Duplex.Centrifuge.Json;

/// <summary>The JSON encoding of the dialect: messages are separated by newlines, and payloads are embedded unchanged.</summary>
/// <param name="envelope">The message that encloses a push.</param>
/// <param name="limits">The limits on commands; null for the defaults.</param>
internal sealed class JsonCodec(PushEnvelope envelope = PushEnvelope.Reply, CodecLimits? limits = null) : IProtocolCodec
{
    private delegate T Read<out T>(ref JsonFieldReader json);

    private readonly CodecLimits _limits = limits ?? CodecLimits.Default;

    /// <inheritdoc/>
    public bool IsText => true;

    /// <inheritdoc/>
    public ReadOnlySpan<byte> Ping => "{}"u8;

    /// <inheritdoc/>
    public CommandStatus ReadCommand(ref ReadOnlySpan<byte> frame, out Command command, out CommandFault fault)
    {
        command = default;
        fault = default;
        if (frame.IsEmpty || frame is [(byte)'\n']) return CommandStatus.End;

        var newline = frame.IndexOf((byte)'\n');
        var message = newline < 0 ? frame : frame[..newline];
        frame = newline < 0 ? default : frame[(newline + 1)..];
        return TryRead(message, JsonCommandReader.Read, out command, out fault) ? CommandStatus.Command : CommandStatus.Fault;
    }

    /// <inheritdoc/>
    public bool TryReadConnect(ReadOnlySpan<byte> message, out ConnectRequest request, out CommandFault fault)
    {
        var succeeded = TryRead(message, JsonConnectReader.Message, out var read, out fault);
        request = read ?? new ConnectRequest();
        return succeeded;
    }

    /// <inheritdoc/>
    public bool TryReadEmulation(ReadOnlySpan<byte> body, out EmulationRequest request, out CommandFault fault)
    {
        var succeeded = TryRead(body, JsonCommandReader.Emulation, out var read, out fault);
        request = read ?? new EmulationRequest("", "", default);
        return succeeded;
    }

    /// <inheritdoc/>
    public bool WriteResult(IBufferWriter<byte> output, uint id, Result result)
    {
        var json = JsonMessageWriter.Begin(output);
        json.Number("id"u8, id);
        JsonResultWriter.Write(json, result);
        return json.End();
    }

    /// <inheritdoc/>
    public void WriteError(IBufferWriter<byte> output, uint id, ClientError error)
    {
        var json = JsonMessageWriter.Begin(output);
        json.Number("id"u8, id);
        json.BeginObject("error"u8);
        json.Number("code"u8, error.Code);
        json.String("message"u8, error.Message);
        json.Bool("temporary"u8, error.IsTemporary);
        json.EndObject();
        json.End();
    }

    /// <inheritdoc/>
    public bool WritePublication(IBufferWriter<byte> output, PushTarget target, Publication publication, bool deltaNegotiated)
    {
        var json = BeginPush(output, target);
        json.BeginObject("pub"u8);
        JsonPushWriter.Publication(json, publication, deltaNegotiated);
        json.EndObject();
        return EndPush(json);
    }

    /// <inheritdoc/>
    public bool WritePush(IBufferWriter<byte> output, PushTarget target, Push push)
    {
        var json = BeginPush(output, target);
        JsonPushWriter.Write(json, push);
        return EndPush(json);
    }

    private JsonMessageWriter BeginPush(IBufferWriter<byte> output, PushTarget target)
    {
        var json = JsonMessageWriter.Begin(output);
        if (envelope == PushEnvelope.Reply) json.BeginObject("push"u8);
        JsonPushWriter.Target(json, target);
        return json;
    }

    private bool EndPush(JsonMessageWriter json)
    {
        if (envelope == PushEnvelope.Reply) json.EndObject();
        return json.End();
    }

    private bool TryRead<T>(ReadOnlySpan<byte> message, Read<T> read, out T? value, out CommandFault fault)
    {
        value = default;
        if (!Utf8.IsValid(message))
        {
            fault = new CommandFault("not UTF-8", 0);
            return false;
        }

        var json = new JsonFieldReader(message, _limits);
        try
        {
            value = read(ref json);
            fault = json.Fault ?? default;
            return json.Fault is null;
        }
        catch (JsonException exception)
        {
            fault = new CommandFault("not JSON, or nested too deeply", (int)(exception.BytePositionInLine ?? 0));
            return false;
        }
        catch (InvalidOperationException)
        {
            // Utf8JsonReader.GetString throws this for an escaped half of a surrogate pair.
            fault = new CommandFault("unpaired surrogate in text", 0);
            return false;
        }
    }
}
