using System.Buffers;
using System.Text;
using Duplex.Centrifuge.Codecs;
using Duplex.Centrifuge.Model;
using Duplex.Centrifuge.Model.Pushes;
using Duplex.Messaging.Codes;
using Duplex.Messaging.Commands;
using Duplex.Messaging.Publications;

namespace Duplex.Centrifuge.Tests.Codecs;

/// <summary>Says what a codec should do, in the words of the tests.</summary>
internal static class CodecExtensions
{
    public static ReadOnlyMemory<byte> Utf8(this string text) => Encoding.UTF8.GetBytes(text);

    public static string Text(this ReadOnlyMemory<byte> bytes) => Encoding.UTF8.GetString(bytes.Span);

    public static List<Command> ShouldReadAll(this IProtocolCodec codec, ReadOnlySpan<byte> frame)
    {
        var commands = new List<Command>();
        while (true)
        {
            switch (codec.ReadCommand(ref frame, out var command, out var fault))
            {
                case CommandStatus.End: return commands;
                case CommandStatus.Command: commands.Add(command); break;
                default: Assert.Fail($"{fault.Reason} at {fault.Offset}"); break;
            }
        }
    }

    public static TRequest ShouldRead<TRequest>(this IProtocolCodec codec, ReadOnlySpan<byte> frame) =>
        Assert.IsType<TRequest>(Assert.Single(codec.ShouldReadAll(frame)).Request);

    public static TRequest ShouldRead<TRequest>(this IProtocolCodec codec, string frame) =>
        codec.ShouldRead<TRequest>(Encoding.UTF8.GetBytes(frame));

    public static CommandFault ShouldRefuse(this IProtocolCodec codec, ReadOnlySpan<byte> frame)
    {
        Assert.Equal(CommandStatus.Fault, codec.ReadCommand(ref frame, out _, out var fault));
        Assert.NotNull(fault.Reason);
        return fault;
    }

    public static CommandFault ShouldRefuse(this IProtocolCodec codec, string frame) =>
        codec.ShouldRefuse(Encoding.UTF8.GetBytes(frame));

    public static byte[] Result(this IProtocolCodec codec, uint id, Result result)
    {
        var output = new ArrayBufferWriter<byte>();
        Assert.True(codec.WriteResult(output, id, result));
        return output.WrittenSpan.ToArray();
    }

    public static byte[] Error(this IProtocolCodec codec, uint id, ClientError error)
    {
        var output = new ArrayBufferWriter<byte>();
        codec.WriteError(output, id, error);
        return output.WrittenSpan.ToArray();
    }

    public static byte[] Push(this IProtocolCodec codec, PushTarget target, Push push)
    {
        var output = new ArrayBufferWriter<byte>();
        Assert.True(codec.WritePush(output, target, push));
        return output.WrittenSpan.ToArray();
    }

    public static byte[] Publication(
        this IProtocolCodec codec, PushTarget target, Publication publication, bool deltaNegotiated = false)
    {
        var output = new ArrayBufferWriter<byte>();
        Assert.True(codec.WritePublication(output, target, publication, deltaNegotiated));
        return output.WrittenSpan.ToArray();
    }
}
