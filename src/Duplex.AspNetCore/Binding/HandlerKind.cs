namespace Duplex.AspNetCore.Binding;

/// <summary>What a handler's result stands for.</summary>
internal enum HandlerKind
{
    /// <summary>A decision: a bool, a reply type of the hub, or data.</summary>
    Decision,

    /// <summary>The reply's data, whatever its type.</summary>
    Call,
}
