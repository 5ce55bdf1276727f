# What travels from cmdlet to cmdlet: every kind of result goes into every cmdlet that takes results. It works, or is refused by a sentence; docs/pipeline.md says which.

BeforeDiscovery {
    $page = [System.IO.File]::ReadAllLines([System.IO.Path]::GetFullPath("$PSScriptRoot/../../docs/pipeline.md"))
    $rows = @($page | Where-Object { $_.StartsWith('| ') } | ForEach-Object { , @($_.Trim('|', ' ').Split('|').Trim()) })
    $cmdlets = $rows[0][1..($rows[0].Count - 1)]
    # A test a kind: the natives of one session serve all cmdlets.
    $kinds = foreach ($row in $rows[1..($rows.Count - 1)]) {
        $expected = [ordered] @{}
        for ($i = 0; $i -lt $cmdlets.Count; $i++) { $expected[$cmdlets[$i]] = $row[$i + 1] }
        @{ Kind = $row[0]; Expected = $expected }
    }
}

BeforeAll {
    . "$PSScriptRoot/Common.ps1"
    $folder = [System.IO.Directory]::CreateTempSubdirectory('cnnvis-').FullName
    # Another network than the one that is meant where -Model is left out: its first filters are a fifth weaker or stronger in turn, so that all its numbers are others, and one that is lost on the way is seen.
    $file = "$(Get-CnnModel alexnet64 | Export-CnnModel "$folder/mine.onnx" -PassThru)"
    $bytes = [System.IO.File]::ReadAllBytes($file)
    $filters = (Get-CnnFilter conv1 -Model alexnet64).Filters
    $first = [byte[]]::new(4 * $filters[0].Weights.Length)
    [Buffer]::BlockCopy($filters[0].Weights, 0, $first, 0, $first.Length)
    $at = [System.Text.Encoding]::Latin1.GetString($bytes).IndexOf([System.Text.Encoding]::Latin1.GetString($first), [StringComparison]::Ordinal)
    foreach ($filter in $filters) {
        $factor = if ($filter.Channel % 2) { 0.8 } else { 1.2 }
        $weights = [float[]] ($filter.Weights | ForEach-Object { $_ * $factor })
        [Buffer]::BlockCopy($weights, 0, $bytes, $at + $filter.Channel * $first.Length, $first.Length)
    }
    [System.IO.File]::WriteAllBytes($file, $bytes)
    $mine = Import-CnnModel $file -Name mine

    # NumPy's file of a picture in memory, by which it can be named.
    function WritePicture([string] $Name, [float[]] $Values, [int[]] $Shape) {
        $file = [System.IO.Path]::Combine($folder, $Name)
        $head = "{'descr': '<f4', 'fortran_order': False, 'shape': ($($Shape -join ', ')), }"
        $head = $head.PadRight(118) + "`n" -replace '^(.{117}).*', '$1'
        $head = $head.TrimEnd("`n").PadRight(117) + "`n"
        $bytes = [byte[]]::new($Values.Length * 4)
        [Buffer]::BlockCopy($Values, 0, $bytes, 0, $bytes.Length)
        [System.IO.File]::WriteAllBytes($file, [byte[]] (0x93, 0x4E, 0x55, 0x4D, 0x50, 0x59, 1, 0, 118, 0) + [System.Text.Encoding]::ASCII.GetBytes($head) + $bytes)
        $file
    }

    $example = New-AdversarialExample $coffee -Model $mine
    $image = New-CnnClassImage espresso -Model $mine -Steps 2
    $fooling = New-FoolingImage teapot -Model $mine -Steps 2
    $code = Get-CnnCode $coffee -Model $mine
    $set = Find-MaxActivatingImage $coffee, $rocket -Model $mine -Layer relu5 -Channel 7 -Top 1
    $reconstruction = $code | ConvertFrom-CnnCode -Steps 2
    $prediction = Get-CnnPrediction $coffee -Model $mine
    $map = Get-SaliencyMap $coffee -Model $mine -Class teapot
    $neuron = Get-SaliencyMap $coffee -Model $mine -Layer relu5 -Channel 7 -Position 3, 3
    $occlusion = Invoke-Occlusion $coffee teapot -Model $mine -WindowSize 0.5 -Stride 0.5
    $things = @{
        'network' = $mine
        'layer' = Get-CnnLayer conv3 -Model $mine
        'filter' = (Get-CnnFilter conv3 -Model $mine -Channel 5).Filters[0]
        'filter bank' = Get-CnnFilter conv3 -Model $mine -Channel 5
        'activation' = Get-CnnActivation $coffee relu3 -Model $mine -Channel 5
        'activation statistic' = (Measure-CnnActivation $coffee relu3 -Model $mine)[5]
        'prediction' = $prediction
        'class probability' = $prediction.Top[1]
        'saliency map' = $map
        'saliency map of a neuron' = $neuron
        'occlusion map' = $occlusion
        'saliency measure' = Measure-SaliencyMap $coffee -Model $mine -Metric Completeness -Class teapot
        'code' = $code
        'tile' = @(Get-CnnCode $coffee -Model $mine -Tile 200)[1]
        'maximal unit' = $set.Units[0]
        'maximal image' = $set.Units[0].Images[0]
        'adversarial example' = $example
        'class image' = $image
        'fooling image' = $fooling
        'reconstruction' = $reconstruction
        'pixel image' = $example.ToImage()
        'path' = $coffee
        'file' = Get-Item $coffee
        'number' = 5
        'table' = @{ a = 1 }
    }
    # The same by naming everything: the picture's file, and what is asked of it.
    $files = @{
        'adversarial example' = WritePicture 'example.npy' $example.Adversarial (3, 64, 64)
        'class image' = WritePicture 'image.npy' $image.Values (3, 64, 64)
        'fooling image' = WritePicture 'fooling.npy' $fooling.Values (3, 64, 64)
        'reconstruction' = WritePicture 'reconstruction.npy' $reconstruction.Values (3, 64, 64)
    }
    $questions = @{
        'layer' = @{ Layer = 'conv3' }; 'filter' = @{ Layer = 'conv3'; Channel = 5 }; 'filter bank' = @{ Layer = 'conv3' }; 'activation' = @{ Layer = 'relu3'; Channel = 5 }; 'activation statistic' = @{ Layer = 'relu3'; Channel = 5 }
        'prediction' = @{ Class = $prediction.Top[0].Index }; 'class probability' = @{ Class = $prediction.Top[1].Index }; 'saliency map' = @{ Class = 'teapot'; Method = $map.Method }; 'saliency map of a neuron' = @{ Layer = 'relu5'; Channel = 7; Position = '3', '3' }
        'occlusion map' = @{ Class = 'teapot' }; 'saliency measure' = @{ Class = 'teapot' }; 'code' = @{ Layer = $code.Layer; Direction = $code.Values }; 'maximal unit' = @{ Layer = 'relu5'; Channel = 7; Position = $set.Units[0].Images[0].Row, $set.Units[0].Images[0].Column }
        'class image' = @{ Class = 'espresso' }; 'fooling image' = @{ Class = 'teapot' }; 'reconstruction' = @{ Layer = $reconstruction.Layer }
    }
    $questions['maximal image'] = $questions['maximal unit']
    $pictures = @('activation', 'prediction', 'saliency map', 'saliency map of a neuron', 'occlusion map', 'saliency measure', 'code') | ForEach-Object { @{ $_ = $coffee } }
    foreach ($one in $pictures) { foreach ($key in $one.Keys) { $files[$key] = $coffee } }
    $files['maximal unit'] = $files['maximal image'] = $set.Units[0].Images[0].Path
    $files['path'] = $files['file'] = $coffee

    $settings = @{
        'Invoke-Occlusion' = @{ WindowSize = 0.5; Stride = 0.5 }; 'New-CnnClassImage' = @{ Steps = 1 }; 'New-FoolingImage' = @{ Steps = 1 }; 'ConvertFrom-CnnCode' = @{ Steps = 1 }
        'Measure-SaliencyMap' = @{ Metric = 'Completeness' }; 'Find-MaxActivatingImage' = @{ Top = 1 }; 'Export-CnnModel' = @{ Path = "$folder/out.onnx"; Force = $true; PassThru = $true }
        'Find-CnnCorrespondence' = @{ TargetPath = $rocket }
    }
    # Which of a question's words a cmdlet has.
    $words = @{
        'Get-CnnActivation' = 'Layer', 'Channel'; 'Get-CnnCode' = , 'Layer'; 'Get-SaliencyMap' = 'Class', 'Layer', 'Channel', 'Position'; 'Find-MaxActivatingImage' = 'Layer', 'Channel'
        'Get-CnnPrediction' = @(); 'Invoke-Occlusion' = 'Class', 'Layer', 'Channel'; 'Measure-CnnActivation' = , 'Layer'; 'Measure-SaliencyMap' = 'Class', 'Method'; 'New-AdversarialExample' = @(); 'ConvertFrom-CnnCode' = 'Layer', 'Channel'
        'Get-CnnFilter' = 'Layer', 'Channel'; 'New-CnnClassImage' = 'Class', 'Layer', 'Channel', 'Position', 'Direction'; 'New-FoolingImage' = , 'Class'; 'Get-CnnLayer' = , 'Layer'; 'Get-CnnModel' = @()
    }

    # Numbers as text, of which JSON tells only how many they are.
    function Whole($Row) {
        foreach ($property in $Row.PSObject.Properties) { if ($property.Value -is [float[]]) { $property.Value = "$($property.Value)" } }
        $Row
    }

    # What an answer says, without where it comes from.
    function Digest($Answer) {
        $Answer | Select-Object * -ExcludeProperty Path, Model, Photo, Image, Original, Box, InputBox, Origin, Remark, Label, Parts, ListHash, QueryHash, Units | ForEach-Object { Whole $_ } | ConvertTo-Json -Depth 4 -Compress -WarningAction Ignore
    }

    function ModelsIn($Answer) { $Answer | ForEach-Object { $_.Model } | Where-Object { $null -ne $_ } }
}

AfterAll { [System.IO.Directory]::Delete($folder, $true) }

Describe 'What travels' {
    It 'is of a network whose numbers are others than those of the usual one' {
        $at | Should -BeGreaterThan 0
        $mine.Hash | Should -Not -Be (Get-CnnModel alexnet64).Hash
        $prediction.Top[0].Probability | Should -Not -Be (Get-CnnPrediction $coffee -Model alexnet64).Top[0].Probability
        (Get-CnnActivation $coffee relu1 -Model $mine -Channel 1).Values | Should -Not -Be (Get-CnnActivation $coffee relu1 -Model alexnet64 -Channel 1).Values
    }

    It 'takes a <Kind> where the table says so, and refuses it by a sentence elsewhere' -ForEach $kinds {
        $thing = $things[$Kind]
        $null -eq $thing | Should -BeFalse -Because "the test makes a $Kind"
        $wrong = foreach ($cmdlet in $Expected.Keys) {
            $more = $settings[$cmdlet] ?? @{}
            $answer = $null
            $failure = $null
            try { $answer = @(, $thing | & $cmdlet @more -ErrorVariable failure -ErrorAction SilentlyContinue -WarningAction Ignore) } catch { $failure = $_ }
            if ($Expected[$cmdlet] -eq 'yes') {
                if ($failure) { "$cmdlet fails: $failure"; continue }
                if (-not $answer) { "$cmdlet gives nothing"; continue }
                $belongs = $Kind -notin 'path', 'file', 'pixel image'
                foreach ($model in ModelsIn $answer) { if ($belongs -and -not [object]::ReferenceEquals($model, $mine)) { "$cmdlet asks $model" } }
                $seesPictures = (Get-Command $cmdlet).Parameters.ContainsKey('LiteralPath')
                if ($words.ContainsKey($cmdlet) -and ($files[$Kind] -or -not $seesPictures)) {
                    $named = @{ Model = if ($belongs) { $mine } else { 'alexnet64' } }
                    if ($seesPictures) { $named.LiteralPath = $files[$Kind] }
                    $question = $questions[$Kind] ?? @{}
                    foreach ($word in $words[$cmdlet]) {
                        # A layer alone is no neuron to explain.
                        if ($question.ContainsKey($word) -and ($word -ne 'Layer' -or $cmdlet -notin 'Get-SaliencyMap', 'Invoke-Occlusion' -or $question.ContainsKey('Channel'))) { $named[$word] = $question[$word] }
                    }
                    # A unit is its channel wherever it stands; its pictures are known by whole layers.
                    if ("$Kind to $cmdlet" -eq 'maximal unit to New-CnnClassImage') { $named.Remove('Position') }
                    if ($Kind -like 'maximal*' -and $cmdlet -eq 'ConvertFrom-CnnCode') { $named.Remove('Channel') }
                    # A ReLU's filters are those of the convolution before it.
                    if ($cmdlet -eq 'Get-CnnFilter' -and $named.Layer) { $named.Layer = $named.Layer -replace 'relu(?=[1-5])', 'conv' -replace 'relu', 'fc' }
                    # Nothing can be raised without a name for it.
                    if ($cmdlet -like 'New-*Image' -and -not ($named.ContainsKey('Class') -or $named.ContainsKey('Layer'))) { continue }
                    if ($cmdlet -eq 'Get-CnnModel') { $named = @{ Name = 'alexnet64' }; if ($belongs) { continue } }
                    $same = & $cmdlet @named @more -WarningAction Ignore
                    # Of what has no word for a channel, the layer's one is taken.
                    if ($cmdlet -eq 'Measure-CnnActivation' -and $question.ContainsKey('Channel')) { $same = $same | Where-Object Channel -EQ $question.Channel }
                    # Beside a map that is there the score is computed once more, and its last bit may be another.
                    if ("$Kind to $cmdlet" -eq 'saliency map to Measure-SaliencyMap') {
                        if (-not ([Math]::Abs($answer.Value - $same.Value) -le 1e-5)) { "$cmdlet measures $($answer.Value), and $($same.Value) with everything named" }
                        continue
                    }
                    if ((Digest $answer) -ne (Digest $same)) { "$cmdlet answers otherwise than with everything named" }
                }
            }
            elseif (-not $failure) { "$cmdlet takes it" }
            else {
                $message = "$(@($failure)[0])"
                if ($Kind -notin 'path', 'file' -and $message -notmatch '^(A|An) [A-Za-z0-9 ,]+(is|tells|names|says|came|of) ') { "$cmdlet says: $message" }
            }
        }
        $wrong -join "`n" | Should -BeNullOrEmpty
    }

    It 'lets no two networks meet' {
        { $prediction | Get-SaliencyMap -Model alexnet64 -ErrorAction Stop } | Should -Throw -ErrorId 'ModelMismatch,*' -Because 'the weights are others'
        { $prediction | Get-SaliencyMap -Model (Import-CnnModel $file -Name twin) -ErrorAction Stop } | Should -Not -Throw -Because 'the weights are the same'
        $other = Import-CnnModel squeezenet1_1 -Random
        { $prediction | Get-SaliencyMap -Model $other -ErrorAction Stop } | Should -Throw -ErrorId 'ModelMismatch,*'
        { $mine | Get-CnnPrediction $coffee -Model $other -ErrorAction Stop } | Should -Throw -ErrorId 'ModelMismatch,*'
        ($example | Get-CnnPrediction -Model $other).Model | Should -Be 'squeezenet1_1' -Because 'a picture may be shown to any network'
    }

    It 'keeps what a network is through Export-Clixml, and refuses another' {
        $back = [System.Management.Automation.PSSerializer]::Deserialize([System.Management.Automation.PSSerializer]::Serialize($prediction, 2))
        $back.Model.Name | Should -Be 'mine'
        $back.Model.Hash | Should -Be $mine.Hash
        ($back | Get-SaliencyMap -Model $mine).Target.Class | Should -Be $prediction.Class
        { $back | Get-SaliencyMap -ErrorAction Stop } | Should -Throw -ErrorId 'ModelMismatch,*' -ExpectedMessage '*Import-CnnModel*'
        { $back | Get-SaliencyMap -Model (Import-CnnModel squeezenet1_1 -Random) -ErrorAction Stop } | Should -Throw -ErrorId 'ModelMismatch,*'
    }

    It 'measures the maps that come down the pipeline, not others' {
        $changed = Get-SaliencyMap $coffee -Model $mine
        $plain = $changed | Measure-SaliencyMap -Metric Deletion
        $plain.Value | Should -Be (Measure-SaliencyMap $coffee -Model $mine -Metric Deletion).Value
        for ($i = 0; $i -lt $changed.Values.Length; $i++) { $changed.Values[$i] = $i }
        ($changed | Measure-SaliencyMap -Metric Deletion).Value | Should -Not -Be $plain.Value
    }

    It 'has text in JSON and tables where the network is' {
        ($prediction | ConvertTo-Json -WarningAction Stop | ConvertFrom-Json).Model | Should -BeExactly 'mine'
        ($prediction | ConvertTo-Csv | ConvertFrom-Csv).Model | Should -BeExactly 'mine'
        $prediction.Model -eq 'mine' | Should -BeTrue
    }
}
