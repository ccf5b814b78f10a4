namespace Duplex.Conformance.Tests.Wire;

/// <summary>The implementation under test broke a rule: the case fails with this sentence.</summary>
public sealed class ViolationException(string message) : Exception(message);
