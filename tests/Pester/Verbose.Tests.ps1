# What -Verbose and -Debug tell of a run. Every cmdlet that asks a network tells it by the same words.

BeforeDiscovery {
    $runs = @(
        @{ Name = 'Get-CnnPrediction'; Run = { Get-CnnPrediction $coffee -Verbose } }
        @{ Name = 'Get-CnnActivation'; Run = { Get-CnnActivation $coffee -Verbose }; Layer = 'Layer relu1: the first ReLU' }
        @{ Name = 'Measure-CnnActivation'; Run = { Measure-CnnActivation $coffee -Verbose }; Layer = 'Layers relu1, relu2, .*: all ReLUs' }
        @{ Name = 'Get-CnnCode'; Run = { Get-CnnCode $coffee -Verbose }; Layer = 'Layer relu7: what the classifier reads' }
        @{ Name = 'Get-SaliencyMap'; Run = { Get-SaliencyMap $coffee -Method GradCam -Verbose }; Layer = 'those of relu5, the last layer with rows and columns' }
        @{ Name = 'Measure-SaliencyMap'; Run = { Measure-SaliencyMap $coffee -Metric Completeness -Verbose } }
        @{ Name = 'Invoke-Occlusion'; Run = { Invoke-Occlusion $coffee -WindowSize 0.5 -Stride 0.5 -Verbose } }
        @{ Name = 'Find-MaxActivatingImage'; Run = { Find-MaxActivatingImage $coffee -Top 1 -Verbose }; Layer = 'Layer pool5: the last with several rows or columns' }
        @{ Name = 'Find-CnnCorrespondence'; Run = { Find-CnnCorrespondence $coffee -TargetPath $rocket -Verbose }; Layer = 'Layer \w+: the usual one for places' }
        @{ Name = 'New-AdversarialExample'; Run = { New-AdversarialExample $coffee -Verbose } }
        @{ Name = 'New-CorruptedImage'; Run = { New-CorruptedImage $coffee Fog 3 -Verbose } }
        @{ Name = 'Measure-CnnAccuracy'; Run = { Measure-CnnAccuracy $coffee -Label espresso -Verbose -WarningAction Ignore } }
        @{ Name = 'Measure-CnnRobustness'; Run = { Measure-CnnRobustness $coffee Fgsm 0 -Label espresso -Verbose -WarningAction Ignore } }
        @{ Name = 'Measure-CnnRobustness -Corruption'; Run = { Measure-CnnRobustness $coffee -Corruption Fog -Severity 1 -Label espresso -Verbose -WarningAction Ignore } }
        @{ Name = 'Measure-CnnCorrespondence'; Run = { Measure-CnnCorrespondence $coffee -MaximumPoints 5 -Verbose }; Layer = 'Layers relu1, .*, relu5: the usual ones for places' }
        @{ Name = 'New-CnnNeighborImage'; Run = { New-CnnNeighborImage $coffee $photos -K 1 -Verbose }; Layer = 'Layer relu2: the usual one for places' }
        @{ Name = 'Measure-CnnSeparability'; Run = { Measure-CnnSeparability "$folder/classes" -Recurse -WeightDecay 1 -TestShare 0.34 -NoBaseline -Verbose }; Layer = 'Layers relu1, .*, relu7: all ReLUs'; Count = 6 }
        @{ Name = 'New-CnnClassifier'; Run = { New-CnnClassifier "$folder/classes" -Recurse -WeightDecay 1 -Verbose }; Count = 6 }
        @{ Name = 'ConvertFrom-CnnCode'; Run = { ConvertFrom-CnnCode $coffee -Steps 1 -Verbose }; Layer = 'Layer relu7: what the classifier reads'; Count = 0 }
        @{ Name = 'Measure-CnnKeypoint'; Run = { Measure-CnnKeypoint "$folder/points.csv" -Verbose }; Layer = 'Layer relu2: the usual one for places'; Count = 0 }
        @{ Name = 'New-CnnClassImage'; Run = { New-CnnClassImage teapot -Steps 1 -Verbose }; NoPictures = $true }
        @{ Name = 'New-FoolingImage'; Run = { New-FoolingImage teapot -Steps 1 -Verbose }; NoPictures = $true }
        @{ Name = 'Get-CnnFilter'; Run = { Get-CnnFilter -Verbose }; Layer = 'Layer conv1: the first with filters'; NoPictures = $true }
        @{ Name = 'Get-CnnLayer'; Run = { Get-CnnLayer conv1 -Verbose }; NoPictures = $true }
        @{ Name = 'Export-CnnModel'; Run = { Export-CnnModel "$folder/out.onnx" -Force -Verbose }; NoPictures = $true }
    )
}

BeforeAll {
    . "$PSScriptRoot/Common.ps1"
    $folder = [System.IO.Directory]::CreateTempSubdirectory('cnnvis-').FullName
    [System.IO.File]::WriteAllText("$folder/broken.png", 'no picture')
    foreach ($class in @{ cat = $chelsea; sky = $rocket }.GetEnumerator()) {
        $null = [System.IO.Directory]::CreateDirectory("$folder/classes/$($class.Key)")
        foreach ($i in 1..3) { [System.IO.File]::Copy($class.Value, "$folder/classes/$($class.Key)/$i$([System.IO.Path]::GetExtension($class.Value))") }
    }
    foreach ($i in 1..5) { [System.IO.File]::Copy($chelsea, "$folder/cat$i.png") }
    $rows = foreach ($i in 1..5) { foreach ($point in @('eye', 150, 100), @('nose', 260, 200), @('ear', 90, 20)) { "cat$i.png,$($point -join ','),1,cat,20 5 430 295" } }
    [System.IO.File]::WriteAllLines("$folder/points.csv", [string[]] (@('Image,Keypoint,X,Y,Visible,Class,Box') + $rows))
}

AfterAll { [System.IO.Directory]::Delete($folder, $true) }

Describe '-Verbose' {
    It 'of <Name> tells network, weights, device and why, and how pictures are prepared' -ForEach $runs {
        $told = @(& $Run 4>&1 | Where-Object { $_ -is [System.Management.Automation.VerboseRecord] }).Message
        $told -match '^Network alexnet64: weights from bundled, on cpu\.$' | Should -HaveCount 1
        $told -match '^Why alexnet64: that of Set-CnnOption, as -Model is left out\.$' | Should -HaveCount 1
        if ($Layer) { $told -match $Layer | Should -HaveCount 1 }
        if ($NoPictures) { return }
        $told -match '^Pictures become 3 x 64 x 64: shorter side to 64, then the centre.* 16 go through the network at a time\.$' | Should -HaveCount 1
        # Objects and codes are counted by no stream of pictures.
        $pictures = switch ($Count) { $null { '1 picture' } 0 { return } default { "$_ pictures" } }
        $told -match "^$pictures in \S+ s, none of them skipped\.`$" | Should -HaveCount 1
    }

    It 'tells whose network, whose layer, and what was skipped' {
        $told = @(Get-CnnLayer conv1 -Model $tiny | Get-CnnFilter -Verbose 4>&1 | Where-Object { $_ -is [System.Management.Automation.VerboseRecord] })[-3..-1].Message
        $told | Should -Be "Network tiny: weights from $tiny, on cpu.", 'Why tiny: it made what came down the pipeline.', 'Layer conv1: what came down the pipeline is about.'
        (Get-CnnActivation $coffee relu1 -Model $tiny -Verbose 4>&1 | Where-Object { $_ -is [System.Management.Automation.VerboseRecord] }).Message | Should -Contain 'Why tiny: named by -Model.'
        (Get-CnnActivation $coffee relu2 -Verbose 4>&1 | Where-Object { $_ -is [System.Management.Automation.VerboseRecord] }).Message | Should -Contain 'Layer relu2: named by -Layer.'
        (Get-CnnPrediction $coffee, "$folder/broken.png" -Verbose -ErrorAction Ignore 4>&1 | Where-Object { $_ -is [System.Management.Automation.VerboseRecord] }).Message[-1] | Should -Match '^2 pictures in \S+ s, 1 of them skipped\.$'
    }

    It 'is silent unless asked' {
        @(Get-CnnPrediction $coffee 4>&1 5>&1) | Should -HaveCount 1
    }
}

Describe '-Debug' {
    It 'tells times, and what -Verbose does, without asking' {
        $told = @(Get-CnnPrediction $coffee, $rocket -Debug 5>&1 | Where-Object { $_ -is [System.Management.Automation.DebugRecord] }).Message
        $told -match '\d[.,]\d{3} s\.$' -replace '\d+[.,]\d{3} s\.$', 'time' | Should -Be 'Getting alexnet64: time', 'Waiting for pictures: time', 'Computing 2 of them: time', 'From the first object to the last: time'
        $told | Should -Contain 'Network alexnet64: weights from bundled, on cpu.'
        $told = @(Get-CnnPrediction $coffee -Debug -Verbose 4>&1 5>&1)
        @($told | Where-Object { $_ -is [System.Management.Automation.VerboseRecord] }).Message | Should -Contain 'Network alexnet64: weights from bundled, on cpu.'
    }
}
