<#
.SYNOPSIS
    Where do the places of class activation maps lie in the picture? The pointing game by each -Placement: the table of docs/saliency.md.
.DESCRIPTION
    The pointing game of the same pictures by all placements, each compared with Stretched picture by picture: McNemar's exact test of the pictures that only one of the two hits. Pictures are each so-manyth of the validation
    pictures of Tiny ImageNet 100, the class explained is the true one.
    Call it as: pwsh benchmarks/MapPlacement.ps1 -Model resnet224 -Every 5
.PARAMETER Model
    The networks.
.PARAMETER Method
    Methods that combine a layer's maps.
.PARAMETER Every
    Take each so-manyth picture.
.PARAMETER Data
    The folder with val.tar, boxes.tsv and classes.tsv.
.PARAMETER Module
    The module to measure.
#>
param(
    [string[]] $Model = ('alexnet64', 'resnet224'),
    [string[]] $Method = ('GradCam', 'LayerCam', 'ExcitationBackprop'),
    [int] $Every = 1,
    [string] $Data = "$PSScriptRoot/../../shared/data/tiny-imagenet-100",
    [string] $Module = "$PSScriptRoot/../CnnVis.psd1"
)

# Of n pictures that one placement of two alone hits, k are the first's: how probable is it that a fair coin goes so far either way.
function ExactSignTest([int] $k, [int] $n) {
    if ($n -eq 0) { return 1.0 }
    $term = [Math]::Pow(0.5, $n)
    $tail = $term
    for ($i = 1; $i -le [Math]::Min($k, $n - $k); $i++) { $term *= ($n - $i + 1) / $i; $tail += $term }
    [Math]::Min(1.0, 2 * $tail)
}

Import-Module $Module
$folder = [System.IO.Directory]::CreateTempSubdirectory('cnnvis-').FullName
try {
    $validation = & "$PSScriptRoot/ValidationPictures.ps1" -Data $Data -Folder $folder
    $chosen = for ($i = 0; $i -lt $validation.Files.Count; $i += $Every) { $validation.Files[$i] }
    $others = 'Centered', 'ReceptiveField'
    '| Network | Method | Pictures | Placement | Hits | Only it | Only Stretched | p | Energy in box |'
    '|---|---|---:|---|---:|---:|---:|---:|---:|'
    foreach ($name in $Model) {
        foreach ($one in $Method) {
            $hits, $energy = @{}, @{}
            foreach ($placement in @('Stretched') + $others) {
                $measures = Measure-SaliencyMap -LiteralPath $chosen -Model $name -Method $one -Metric PointingGame, EnergyInBox -Placement $placement -BoxPath "$Data/boxes.tsv" -LabelPath $validation.Labels -BatchSize 16
                $hits[$placement] = @($measures.Where({ $_.Metric -eq 'PointingGame' }).ForEach({ $_.Value -eq 1 }))
                $energy[$placement] = ($measures.Where({ $_.Metric -eq 'EnergyInBox' -and -not [double]::IsNaN($_.Value) }) | Measure-Object Value -Average).Average
                $count = $hits[$placement].Count
                $only = @(0..($count - 1)).Where({ $hits[$placement][$_] -and -not $hits.Stretched[$_] }).Count
                $lost = @(0..($count - 1)).Where({ $hits.Stretched[$_] -and -not $hits[$placement][$_] }).Count
                $tested = if ($placement -eq 'Stretched') { '', '', '' } else { $only, $lost, (ExactSignTest $only ($only + $lost)).ToString('G2', [cultureinfo]::InvariantCulture) }
                [string]::Format([cultureinfo]::InvariantCulture, '| {0} | {1} | {2:N0} | {3} | {4:F1} % | {5} | {6} | {7} | {8:F3} |', $name, $one, $count, $placement, 100 * $hits[$placement].Where({ $_ }).Count / $count, $tested[0], $tested[1], $tested[2], $energy[$placement])
            }
        }
    }
}
finally {
    [System.IO.Directory]::Delete($folder, $true)
}
