using System.Buffers;
using Duplex.Centrifuge.Codecs;
using Duplex.Fuzz.Mutation;
using Duplex.Messaging.Commands;

namespace Duplex.Fuzz.Targets;

/// <summary>
/// Parses a frame of commands as the hub does. Parsing terminates, and a parsed payload can be written to clients of the
/// same encoding without a line break.
/// </summary>
internal sealed class CommandTarget(string name, IProtocolCodec codec, IMutator mutator) : IFuzzTarget
{
    private readonly ArrayBufferWriter<byte> _output = new();

    public string Name => name;

    public IMutator Mutator => mutator;

    // Maximum number of entries in a command, times the size of a request and its slot in a map.
    public long AllowedBytes => CodecLimits.Default.MaxEntries * 300L;

    public void Run(ReadOnlySpan<byte> input)
    {
        codec.TryReadConnect(input, out _, out _);
        codec.TryReadEmulation(input, out _, out _);
        var frame = input;
        while (true)
        {
            var before = frame.Length;
            var status = codec.ReadCommand(ref frame, out var command, out var fault);
            if (status == CommandStatus.Fault) FindingException.Unless(fault.Reason is not null, "The fault has no reason.");
            if (status != CommandStatus.Command) return;
            FindingException.Unless(frame.Length < before, "The command consumed no bytes.");
            Check(command.Request);
        }
    }

    private void Check(Request? request)
    {
        var payload = request switch
        {
            PublishRequest publish => publish.Data,
            RpcRequest rpc => rpc.Data,
            SendRequest send => send.Data,
            SubscribeRequest subscribe => subscribe.Data,
            ConnectRequest connect => connect.Data,
            _ => default,
        };
        _output.ResetWrittenCount();
        FindingException.Unless(codec.WriteResult(_output, 1, new RpcResult { Data = payload }), "A parsed payload cannot be written.");
        FindingException.Unless(!codec.IsText || !_output.WrittenSpan.Contains((byte)'\n'), "The message contains a newline.");
    }
}
