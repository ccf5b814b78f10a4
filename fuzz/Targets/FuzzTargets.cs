using Duplex.Centrifuge.Json;
using Duplex.Centrifuge.Protobuf;
using Duplex.Fuzz.Mutation;

namespace Duplex.Fuzz.Targets;

/// <summary>List of all targets.</summary>
public static class FuzzTargets
{
    public static IReadOnlyList<IFuzzTarget> All { get; } =
    [
        new FrameStreamTarget(),
        new DifferentialTarget(),
        new HandshakeRequestTarget(),
        new HandshakeResponseTarget(),
        new ExtensionsTarget(),
        new InflateTarget(),
        new CommandTarget("json-commands", new JsonCodec(), new JsonCommandMutator()),
        new CommandTarget("protobuf-commands", new ProtobufCodec(), new ProtobufCommandMutator()),
    ];
}
