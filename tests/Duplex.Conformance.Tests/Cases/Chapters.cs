using Duplex.Conformance.Tests.Judging;

namespace Duplex.Conformance.Tests.Cases;

/// <summary>Every case, by chapter.</summary>
public static class Chapters
{
    public static IReadOnlyDictionary<string, ConformanceCase> All { get; } =
        ((IEnumerable<ConformanceCase>)
        [
            .. FramingCases.All(), .. PingCases.All(), .. ReservedCases.Bits(), .. ReservedCases.Opcodes(), .. FragmentationCases.All(),
            .. Utf8Cases.All(), .. CloseCases.All(), .. LimitCases.All(), .. CompressionCases.ParameterSets(), .. CompressionCases.Rulings(),
        ]).ToDictionary(item => item.Id);
}
