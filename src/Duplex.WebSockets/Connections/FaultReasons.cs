using Duplex.Protocol.Messages;

namespace Duplex.WebSockets.Connections;

/// <summary>What the rules of the protocol are called among the ways a connection ends.</summary>
internal static class FaultReasons
{
    public static EndReason EndReasonOf(ProtocolFaultReason reason) => reason switch
    {
        ProtocolFaultReason.InvalidText or ProtocolFaultReason.InvalidCloseReason => EndReason.InvalidText,
        ProtocolFaultReason.InvalidCompressedData => EndReason.InvalidCompressedData,
        ProtocolFaultReason.MessageTooBig or ProtocolFaultReason.TooManyFragments => EndReason.LimitExceeded,
        _ => EndReason.ProtocolError,
    };
}
