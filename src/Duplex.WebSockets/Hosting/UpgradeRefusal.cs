using Duplex.Protocol.Handshake;

namespace Duplex.WebSockets.Hosting;

/// <summary>Why a handshake is refused. The peer receives status and reason; the log has the advice too.</summary>
public sealed class UpgradeRefusal
{
    private static readonly UpgradeRefusal[] Faults =
        [.. Enum.GetValues<UpgradeFault>().Select(static fault => new UpgradeRefusal(UpgradeRules.StatusOf(fault), UpgradeRules.ReasonOf(fault), AdviceOf(fault)))];

    /// <summary>Makes one; those that occur often are made once.</summary>
    /// <param name="status">400 to 599. Any other refuses with 500.</param>
    /// <param name="reason">One sentence, ASCII, and the same for every refusal of its kind: the log counts by it.</param>
    /// <param name="advice">What to change where the refusal is not meant; may be empty.</param>
    public UpgradeRefusal(int status, string reason, string advice = "")
    {
        ArgumentNullException.ThrowIfNull(reason);
        ArgumentNullException.ThrowIfNull(advice);
        Status = status is >= 400 and <= 599 ? status : 500;
        Reason = reason;
        Advice = advice;
    }

    /// <summary>The page's origin is not one of those allowed.</summary>
    public static UpgradeRefusal Origin { get; } = new(
        403,
        "Pages of this origin may not connect.",
        "The origin is neither that of the Host field nor among the allowed ones: add it to AllowedOrigins (client.allowed_origins of the server), or let the proxy in front pass on the Host field with its port.");

    /// <summary>The request offers none of the subprotocols spoken.</summary>
    public static UpgradeRefusal Subprotocol { get; } = new(400, "None of the offered subprotocols is supported.", "The endpoint requires one of its Subprotocols.");

    /// <summary>Sec-WebSocket-Extensions breaks its grammar. RFC 6455 section 9.1.</summary>
    public static UpgradeRefusal Extensions { get; } = new(400, "Sec-WebSocket-Extensions is malformed.", "The client must follow RFC 6455 section 9.1.");

    /// <summary>What was called to decide threw, which was reported.</summary>
    public static UpgradeRefusal Failure { get; } = new(500, "The server failed to answer.", "The error that is logged before has the cause.");

    /// <summary>The endpoint did not accept the connection.</summary>
    public static UpgradeRefusal Endpoint { get; } = new(403, "The endpoint refused the connection.", "Its Accept returned null.");

    /// <summary>The head was not whole in time.</summary>
    public static UpgradeRefusal Timeout { get; } = new(408, "The request did not arrive in time.", "Raise HeadTimeout if clients on slow networks need longer.");

    /// <summary>The status.</summary>
    public int Status { get; }

    /// <summary>What is wrong, in a sentence for whoever made the request.</summary>
    public string Reason { get; }

    /// <summary>What to change where the refusal is not meant; may be empty. For the log alone.</summary>
    public string Advice { get; }

    /// <summary>What refuses a request that has a fault.</summary>
    public static UpgradeRefusal Of(UpgradeFault fault) => Faults[(int)fault];

    private static string AdviceOf(UpgradeFault fault) => fault switch
    {
        UpgradeFault.Upgrade or UpgradeFault.Connection => "A proxy in front must pass on the fields Upgrade and Connection.",
        UpgradeFault.None => "",
        _ => "The client must follow RFC 6455 section 4.1.",
    };
}
