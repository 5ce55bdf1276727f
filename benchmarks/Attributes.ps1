<#
.SYNOPSIS
    Accuracy of bundled networks by attributes of pictures, and under corruption, on the validation pictures of Tiny ImageNet 100: the tables of docs/attributes.md, a line as soon as it is done.
.DESCRIPTION
    Call it as: pwsh benchmarks/Attributes.ps1
.PARAMETER Data
    The folder with val.tar, boxes.tsv and classes.tsv.
.PARAMETER Model
    The networks.
.PARAMETER Thinner
    Take only each so-manyth picture for the corruptions, to be quick.
.PARAMETER Module
    The module to measure.
#>
param(
    [string] $Data = "$PSScriptRoot/../../shared/data/tiny-imagenet-100",
    [string[]] $Model = @('alexnet64', 'resnet224'),
    [int] $Thinner = 5,
    [string] $Module = "$PSScriptRoot/../CnnVis.psd1"
)

Import-Module $Module
$invariant = [cultureinfo]::InvariantCulture
function Points($Value) { if ($null -eq $Value) { '-' } else { [string]::Format($invariant, '{0:+0.0;-0.0;0.0}', 100 * $Value) } }
function Percent($Value) { if ($null -eq $Value) { '-' } else { [string]::Format($invariant, '{0:F1}', 100 * $Value) } }
$folder = [System.IO.Directory]::CreateTempSubdirectory('cnnvis-').FullName
try {
    $attributes = Get-ImageAttribute "$Data/val.tar" -BoxPath "$Data/boxes.tsv" -NearDuplicate
    $validation = & "$PSScriptRoot/ValidationPictures.ps1" -Data $Data -Folder $folder
    $few = for ($i = 0; $i -lt $validation.Files.Count; $i += $Thinner) { $validation.Files[$i] }
    "$($attributes.Count) pictures, of which $(@($attributes | Where-Object DuplicateOf).Count) are near duplicates of an earlier one."
    foreach ($name in $Model) {
        $by = 'Scale', 'EdgeDensity', 'Brightness', 'Contrast', 'Saturation', 'Colorfulness', 'Sharpness', 'Noise', 'Hue', 'Truncated', 'Instances'
        $accuracy = $attributes | Measure-CnnAccuracy -Model $name -ClassMap "$Data/classes.tsv" -By $by -MatchBy Scale -Slice 5 -Intervene -BatchSize 32 -WarningAction SilentlyContinue
        ''
        "## $name"
        "$($accuracy.Count) pictures: top-1 $($accuracy.Top1), top-5 $($accuracy.TopK), expected calibration error $(Percent $accuracy.Calibration.ExpectedError) points."
        ''
        '| Attribute | Accuracy by fifth | ρ (95 %) | p, Holm | Last − first | Matched by scale | One deviation more, adjusted |'
        '|---|---|---:|---:|---:|---:|---:|'
        foreach ($effect in $accuracy.Attributes) {
            $rho = if ($null -eq $effect.Correlation) { '-' } else { [string]::Format($invariant, '{0:F2} ({1:F2} to {2:F2})', $effect.Correlation, $effect.CorrelationLower, $effect.CorrelationUpper) }
            $adjusted = if ($null -eq $effect.AdjustedEffect) { '-' } else { "$(Points $effect.AdjustedEffect) ($(Points $effect.AdjustedEffectLower) to $(Points $effect.AdjustedEffectUpper))" }
            $bins = if ($effect.Correlation) { $effect.Bins.ForEach({ Percent $_.Accuracy }) -join ' ' } else { $effect.Bins.ForEach({ "$($_.Name) $(Percent $_.Accuracy)" }) -join ', ' }
            [string]::Format($invariant, '| {0} | {1} | {2} | {3:G2} | {4} | {5} | {6} |', $effect.Attribute, $bins, $rho, $effect.AdjustedPValue, (Points $effect.Difference), (Points $effect.MatchedDifference), $adjusted)
        }
        ''
        '| Changed | From | To | Pictures | Difference | What the change does (95 %) |'
        '|---|---|---|---:|---:|---:|'
        foreach ($effect in $accuracy.Interventions) { "| $($effect.Attribute) | $($effect.From) | $($effect.To) | $($effect.Count) | $(Points $effect.Observed) | $(Points $effect.Change) ($(Points $effect.Lower) to $(Points $effect.Upper)) |" }
        ''
        '| Slice | Found | Confirmed | p |'
        '|---|---:|---:|---:|'
        foreach ($slice in $accuracy.Slices) { [string]::Format($invariant, '| {0} | {1} | {2} | {3:G2} |', $slice.Condition, $slice.Found, $slice.Confirmed, $slice.PValue) }
        $robustness = Measure-CnnRobustness -LiteralPath $few -Model $name -Corruption * -LabelPath $validation.Labels -BatchSize 50
        ''
        "Corruptions ($($robustness.Parameters)'s parameters, $($robustness.Count) pictures): clean $(Percent $robustness.CleanAccuracy.Share), in the mean of the fifteen $(Percent (1 - $robustness.MeanError)), retained $(Percent $robustness.MeanRetention)."
        ''
        '| Corruption | 1 | 2 | 3 | 4 | 5 | Retained |'
        '|---|---:|---:|---:|---:|---:|---:|'
        foreach ($corruption in $robustness.Corruptions) { "| $($corruption.Corruption) | $($robustness.Measures.Where({ $_.Corruption -eq $corruption.Corruption }).ForEach({ Percent $_.Accuracy.Share }) -join ' | ') | $(Percent $corruption.Retention) |" }
    }
}
finally {
    [System.IO.Directory]::Delete($folder, $true)
}
