using System.Buffers;
using Duplex.Centrifuge.Codecs;
using Duplex.Fuzz.Mutation;
using Duplex.Messaging.Commands;

namespace Duplex.Fuzz.Targets;

/// <summary>
/// A frame of commands, as the hub reads it. Reading comes to an end; a payload that was read can be written to
/// clients of the same encoding, and does not break the line.
/// </summary>
public sealed class CommandTarget(string name, IProtocolCodec codec, IMutator mutator) : IFuzzTarget
{
    private readonly ArrayBufferWriter<byte> _output = new();

    public string Name => name;

    public IMutator Mutator => mutator;

    // The entries that a command may have, times a request and its place in a map.
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
            if (status == CommandStatus.Fault) FindingException.Unless(fault.Reason is not null, "A fault without a reason.");
            if (status != CommandStatus.Command) return;
            FindingException.Unless(frame.Length < before, "A command of no bytes.");
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
        FindingException.Unless(codec.WriteResult(_output, 1, new RpcResult { Data = payload }), "A payload that was read cannot be written.");
        FindingException.Unless(!codec.IsText || !_output.WrittenSpan.Contains((byte)'\n'), "A newline within a message.");
    }
}
