using Duplex.Protocol.Messages;

namespace Duplex.WebSockets.Connections;

/// <summary>Maps faults of the protocol to the causes of the end of a connection.</summary>
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
