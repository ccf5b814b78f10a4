using Duplex.Protocol.Closing;
using Duplex.Protocol.Messages;

namespace Duplex.Protocol.Tests.Messages;

public sealed class FaultExplanationTests
{
    public static TheoryData<ProtocolFaultReason> Reasons() => [.. Enum.GetValues<ProtocolFaultReason>().Where(reason => reason != ProtocolFaultReason.None)];

    [Theory]
    [MemberData(nameof(Reasons))]
    public void Every_fault_is_explained_by_a_sentence_that_fits_into_a_close_frame_and_names_its_section(ProtocolFaultReason reason)
    {
        var explanation = new ProtocolFault(reason, CloseCode.ProtocolError, 0).Explanation;
        Assert.Matches(@"^[A-Z].* \(RFC (6455|7692) section [0-9.]+\)\.$", explanation);
        Assert.Equal(explanation, ClosePayload.CutReason(explanation));
    }
}
