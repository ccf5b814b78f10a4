namespace Duplex.AspNetCore.Tests.Hub.Faults;

/// <summary>What a part of the application does instead of its work.</summary>
public enum FaultKind
{
    /// <summary>The call throws.</summary>
    Throws,

    /// <summary>The call returns, and its task fails.</summary>
    Fails,

    /// <summary>The task completes after the client has gone.</summary>
    ReturnsLate,

    /// <summary>The task does not complete.</summary>
    NeverReturns,
}
